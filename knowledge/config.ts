import { z } from 'zod';
import { DocentError } from './errors.ts';

/** What both sides need to know of the environment. */
export type KnowledgeConfig = z.output<z.ZodObject<typeof knowledgeShape>>;

const STORE_SCHEMES = ['file', 's3', 's3+ddb', 'gs', 'az', 'db'];

/** A value with spaces around it cut off; an empty one counts as not set. */
const setting = z.preprocess((value) => {
  const text = typeof value === 'string' ? value.trim() : value;
  return text === '' ? undefined : text;
}, z.string().optional());

/** An environment variable that must match, told in words as `expected`. */
export function variable(expected: string, matches: (value: string) => boolean = () => true) {
  return setting.refine((value) => value === undefined || matches(value), { error: expected });
}

/** The variables of `KnowledgeConfig`, for `parseEnvironment`; the server adds its own. */
export const knowledgeShape = {
  DOCS_DIR: variable('a folder').transform((value) => value ?? './docs'),
  STORE_URI: variable(
    'a folder, or a URI that starts with s3://, gs://, az:// or db://',
    isStoreUri,
  ).transform((value) => value ?? './.docent/store'),
  /** Where fetched repositories are kept between runs. */
  GIT_CACHE: variable('a folder').transform((value) => value ?? './.docent/git'),
  /** For LanceDB Cloud alone. */
  LANCEDB_API_KEY: variable('a key, without white space', (value) => !/\s/.test(value)),
  LANCEDB_REGION: variable('a region such as us-east-1', (value) => /^[\w-]+$/.test(value)),
  EMBEDDING_MODEL: variable('openai:NAME, or nothing for the local model', (value) =>
    /^openai:.+/.test(value),
  ),
  OPENAI_API_KEY: variable('a key, without white space', (value) => !/\s/.test(value)),
  OPENAI_BASE_URL: variable('an address such as http://localhost:11434/v1', isHttpAddress),
};

/** The environment as `KnowledgeConfig`. Throws like `parseEnvironment`. */
export function readKnowledgeConfig(env: Readonly<Record<string, string | undefined>>): KnowledgeConfig {
  return parseEnvironment(knowledgeShape, env);
}

/** What LanceDB Cloud asks for. */
export function cloudOf(config: Pick<KnowledgeConfig, 'LANCEDB_API_KEY' | 'LANCEDB_REGION'>) {
  return { apiKey: config.LANCEDB_API_KEY, region: config.LANCEDB_REGION };
}

/**
 * Reads the variables of a shape, frozen. Throws `DocentError` `bad_config` that lists all faults together,
 * each with the variable's name, what was expected and what was found (never a key's value, nor an address with a password).
 */
export function parseEnvironment<Shape extends z.ZodRawShape>(
  shape: Shape,
  env: Readonly<Record<string, string | undefined>>,
): Readonly<z.output<z.ZodObject<Shape>>> {
  const parsed = z.object(shape).safeParse(env);
  if (parsed.success) return Object.freeze(parsed.data);
  const faults = parsed.error.issues.map((issue) => {
    const name = String(issue.path[0]);
    const isSecret = /KEY|SECRET|TOKEN|PASSWORD/.test(name) || /:\/\/.*@/.test(env[name] ?? '');
    const found = isSecret ? '' : `, found ${JSON.stringify(env[name])}`;
    return `${name}: expected ${issue.message}${found}`;
  });
  throw new DocentError(
    'bad_config',
    `The environment can't be used. ${faults.join('. ')}. Correct it in the environment or in .env.`,
  );
}

function isStoreUri(value: string): boolean {
  const scheme = /^([a-z][a-z0-9+.-]*):\/\//i.exec(value)?.[1];
  return scheme === undefined || STORE_SCHEMES.includes(scheme.toLowerCase());
}

export function isHttpAddress(value: string): boolean {
  return URL.canParse(value) && /^https?:$/.test(new URL(value).protocol);
}
