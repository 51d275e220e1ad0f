/** As much of an OpenAPI 3.1 document as the reference shows. */
export type Schema = {
  readonly $ref?: string;
  readonly type?: string | readonly string[];
  readonly description?: string;
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly default?: unknown;
  readonly examples?: readonly unknown[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly items?: Schema;
  readonly additionalProperties?: Schema | boolean;
  readonly oneOf?: readonly Schema[];
  readonly anyOf?: readonly Schema[];
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly contentSchema?: Schema;
};
export type Parameter = {
  readonly name: string;
  readonly in: string;
  readonly required: boolean;
  readonly description?: string;
  readonly schema: Schema;
};
type Media = { readonly schema: Schema; readonly example?: unknown; readonly 'x-itemSchema'?: Schema };
export type Reply = { readonly description: string; readonly content?: Readonly<Record<string, Media>> };
export type Operation = {
  readonly operationId: string;
  readonly tags: readonly string[];
  readonly summary: string;
  readonly description?: string;
  readonly parameters: readonly Parameter[];
  readonly requestBody?: { readonly content: Readonly<Record<string, Media>> };
  readonly responses: Readonly<Record<string, Reply>>;
};
export type OpenApi = {
  readonly info: { readonly title: string; readonly version: string; readonly description: string };
  readonly tags: readonly { readonly name: string; readonly description: string }[];
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components: { readonly schemas: Readonly<Record<string, Schema>> };
};
export type Route = { readonly method: string; readonly path: string; readonly operation: Operation };

export function isOpenApi(value: unknown): value is OpenApi {
  return typeof value === 'object' && value !== null && 'paths' in value && 'components' in value;
}

/** The routes of a group, in the document's order. */
export function routesOf({ paths }: OpenApi, group: string): Route[] {
  return Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods)
      .filter(([, operation]) => operation.tags.includes(group))
      .map(([method, operation]) => ({ method: method.toUpperCase(), path, operation })),
  );
}

/** Name of the component that a schema refers to. */
export function nameOf({ $ref }: Schema): string | undefined {
  return $ref?.split('/').at(-1);
}

/** The limits of a value, in words. */
export function limitsOf(schema: Schema): string[] {
  const { minLength, maxLength, minimum, maximum, minItems, maxItems } = schema;
  return [
    between(minLength, maxLength, ' characters'),
    between(minimum, maximum, ''),
    between(minItems, maxItems, ' items'),
    schema.default === undefined ? '' : `default ${JSON.stringify(schema.default)}`,
  ].filter((words) => words !== '');
}

function between(least: number | undefined, most: number | undefined, what: string): string {
  if (least !== undefined && most !== undefined) return `${least} to ${most}${what}`;
  if (most !== undefined) return `at most ${most}${what}`;
  return least === undefined || least === 0 ? '' : `${least}${what} or more`;
}

/** Characters of JSON that are easier to read on one line. */
const LONGEST_LINE = 80;

/** A command that calls the route, with the document's example as its body. */
export function curlOf({ method, path, operation }: Route, origin: string): string {
  const examples = new Map(
    operation.parameters.map(({ name, schema }) => [name, schema.examples?.[0] ?? name]),
  );
  const filled = path.replace(/\{(\w+)\}/g, (_, name: string) =>
    encodeURIComponent(String(examples.get(name))),
  );
  const query = operation.parameters
    .filter((parameter) => parameter.in === 'query' && parameter.required)
    .map(({ name }) => `${name}=${encodeURIComponent(String(examples.get(name)))}`);
  const url = `${origin}${filled}${query.length > 0 ? `?${query.join('&')}` : ''}`;
  const body = operation.requestBody?.content['application/json']?.example;
  if (method === 'GET') return `curl '${url}'`;
  const accept = path === '/mcp' ? " \\\n  -H 'accept: application/json, text/event-stream'" : '';
  const line = JSON.stringify(body ?? {});
  const json = (line.length > LONGEST_LINE ? JSON.stringify(body, null, 2) : line).replaceAll("'", "'\\''");
  return `curl -N '${url}' \\\n  -H 'content-type: application/json'${accept} \\\n  -d '${json}'`;
}
