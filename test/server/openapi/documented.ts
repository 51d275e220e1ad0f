import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import type { OpenApiDocument } from '../../../server/openapi/make-document.ts';
import { makeSseParser } from '../../../web/api/sse.ts';

export type Json = { readonly [key: string]: unknown };
export type DocumentedOperation = { readonly method: string; readonly path: string; readonly told: Json };

/** Responses held against what the document says of them. */
export type Documented = {
  readonly operations: readonly DocumentedOperation[];
  operation(method: string, path: string): DocumentedOperation;
  /** What is in a response and not in the document, or the other way about; none when all is as documented. */
  objections(operation: DocumentedOperation, response: Response): Promise<string[]>;
  /** The same for a refusal of what isn't documented, such as another method: its body has the protocol's shape. */
  objectionsToRefusal(path: string, response: Response): Promise<string[]>;
};

/** The object at these keys of a JSON value; an empty one where there is none. */
export function inside(value: unknown, ...keys: readonly (string | number)[]): Json {
  let found: unknown = value;
  for (const key of keys) found = isJson(found) ? found[key] : undefined;
  return isJson(found) ? found : {};
}

export function isJson(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** True for an address of this route, whatever its parameters are. */
export function isAt({ path }: DocumentedOperation, address: string): boolean {
  const parts = path.split(/\{[^}]*\}/).map((part) => part.replace(/[.]/g, '\\.'));
  return new RegExp(`^${parts.join('.+')}$`).test(address);
}

/** `/v1/` and below is one protocol, `/mcp` and below is another. */
function familyOf(path: string): string {
  const [, first, ...rest] = path.split('/');
  return rest.length > 0 || first === 'mcp' ? `/${first}/` : path;
}

/** Strict: properties that a schema doesn't name are objected to. */
export function documentedBy(document: OpenApiDocument): Documented {
  const ajv = new Ajv2020({ strict: true, strictTypes: false, allErrors: true });
  ajv.addVocabulary(['components']);
  ajv.addFormat('uri', (text) => URL.canParse(text));
  const compiled = new Map<unknown, ValidateFunction>();
  const { components } = document;

  function faultsOf(schema: Json, value: unknown): string[] {
    const validate = compiled.get(schema) ?? ajv.compile({ ...schema, components });
    compiled.set(schema, validate);
    if (validate(value)) return [];
    return (validate.errors ?? []).map(
      ({ instancePath, message, params }) => `${instancePath} ${message} ${JSON.stringify(params)}`,
    );
  }

  async function faultsOfBody(content: Json, response: Response): Promise<string[]> {
    const [type = ''] = (response.headers.get('content-type') ?? '').split(';');
    if (!(type in content)) return [`content type "${type}" instead of ${Object.keys(content).join(' or ')}`];
    const bytes = new Uint8Array(await response.arrayBuffer());
    const told = inside(content, type);
    if (type === 'text/event-stream') return faultsOfEvents(told, bytes);
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    return faultsOf(inside(told, 'schema'), type === 'application/json' ? JSON.parse(text) : text);
  }

  function faultsOfEvents(told: Json, bytes: Uint8Array): string[] {
    const { oneOf } = inside(told, 'x-itemSchema');
    const items: readonly unknown[] = Array.isArray(oneOf) ? oneOf : [];
    const events = makeSseParser().push(bytes);
    if (events.length === 0) return ['a stream without events'];
    return events.flatMap(({ event, data }) => {
      if (data === '[DONE]') return [];
      const item = items.find((each) => inside(each, 'properties', 'event').const === event);
      if (!item) return [`event "${event}" is not documented`];
      const schema = inside(item, 'properties', 'data', 'contentSchema');
      return faultsOf(schema, JSON.parse(data)).map((fault) => `event ${event}: ${fault}`);
    });
  }

  const operations = Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, told]) => ({ method: method.toUpperCase(), path, told })),
  );
  return {
    operations,
    operation(method, path) {
      const found = operations.find((each) => each.method === method && each.path === path);
      if (!found) throw new Error(`${method} ${path} is not in the document`);
      return found;
    },
    async objections({ told }, response) {
      const responses = inside(told, 'responses');
      if (!(String(response.status) in responses)) {
        return [`status ${response.status} is not documented: ${await response.text()}`];
      }
      const reply = inside(responses, response.status);
      if (!('content' in reply)) {
        const body = await response.text();
        return body === '' ? [] : [`a body where none is documented: ${body}`];
      }
      const copy = response.clone();
      const faults = await faultsOfBody(inside(reply, 'content'), response);
      const code = response.ok ? undefined : inside(await copy.json()).code;
      if (typeof code === 'string' && !String(reply.description).includes(`\`${code}\``)) {
        faults.push(`code "${code}" is not documented with status ${response.status}`);
      }
      return faults;
    },
    objectionsToRefusal(path, response) {
      const like = operations.find(
        (each) => 'requestBody' in each.told && familyOf(each.path) === familyOf(path),
      );
      const own = { 'application/json': { schema: { $ref: '#/components/schemas/ErrorBody' } } };
      const content = like ? inside(like.told, 'responses', 500, 'content') : own;
      return faultsOfBody(content, response);
    },
  };
}
