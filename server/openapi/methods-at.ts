import { docentOperations } from './docent-operations.ts';

const routes = docentOperations.map(({ method, path }) => ({
  methods: method === 'get' ? ['GET', 'HEAD'] : [method.toUpperCase()],
  pattern: new RegExp(`^${path.replaceAll('.', '\\.').replace(/\{[^}]*\}/g, '.+')}$`),
}));

/** The methods that Docent's own routes take at an address; none where there is no route. */
export function methodsAt(path: string): readonly string[] {
  return routes.filter(({ pattern }) => pattern.test(path)).flatMap(({ methods }) => methods);
}
