import type { z } from 'zod';
import { isHttpAddress, knowledgeShape, parseEnvironment, variable } from '../knowledge/config.ts';
import { DocentError } from '../knowledge/errors.ts';
import { isPostgres } from './gaps/open-gap-store.ts';

/** The server's settings, under the names of their environment variables. */
export type ServerConfig = Readonly<z.output<z.ZodObject<typeof serverShape>>> & {
  /** `DOCS_DIR` is somebody's word, and not the default. */
  readonly docsNamed: boolean;
};

/** `openai:NAME`, where NAME may hold colons of its own, as with `openai:llama3.2:3b`. */
const MODEL = /^openai:(\S+)$/;
const MODEL_EXPECTED =
  'openai:NAME, the name that your OpenAI-compatible endpoint (OPENAI_BASE_URL) gives the model; other providers are not built in';

const model = () =>
  variable(MODEL_EXPECTED, (value) => MODEL.test(value)).transform(
    (value) => value && MODEL.exec(value)?.[1],
  );

function numberBetween(low: number, high: number, expected: string) {
  return variable(expected, (value) => /^\d+$/.test(value) && Number(value) >= low && Number(value) <= high);
}

const flag = () =>
  variable('true or false', (value) => value === 'true' || value === 'false').transform(
    (value) => value === 'true',
  );

const count = (expected: string) =>
  numberBetween(0, 1_000_000, expected).transform((value) =>
    value === undefined ? undefined : Number(value),
  );

const seconds = (otherwise: number) =>
  numberBetween(1, 86_400, 'a number of seconds, 1 or more').transform((value) => Number(value ?? otherwise));

const serverShape = {
  ...knowledgeShape,
  PORT: numberBetween(0, 65_535, 'a port number, 0 to 65535').transform((value) => Number(value ?? 3000)),
  HOST: variable('a host name or address such as 127.0.0.1', (value) => /^[\w.:-]+$/.test(value)).transform(
    (value) => value ?? '127.0.0.1',
  ),
  /** Without its prefix; undefined means quoted answers. */
  CHAT_MODEL: model(),
  /** Without its prefix; the chat model checks its own answers when undefined. */
  CHECK_MODEL: model(),
  CHAT_CONTEXT_TOKENS: numberBetween(1024, 10_000_000, 'a number of tokens, 1024 or more').transform(
    (value) => (value === undefined ? undefined : Number(value)),
  ),
  /** Undefined where the age of text is of no interest. */
  STALE_AFTER_DAYS: numberBetween(0, 100_000, 'a number of days, or 0 for never').transform((value) =>
    value === undefined ? 730 : Number(value) || undefined,
  ),
  /** Whether questions that the docs don't answer are kept, where, and for how long. */
  GAPS: variable('on or off', (value) => value === 'on' || value === 'off').transform(
    (value) => value !== 'off',
  ),
  GAPS_DB: variable(
    'a file path, or an address such as postgres://docent@db.example/docent (special characters of a password written as %XX)',
    (value) => !/^\w+:\/\//.test(value) || (isPostgres(value) && URL.canParse(value)),
  ).transform((value) => value ?? './.docent/gaps.db'),
  GAPS_RETENTION_DAYS: numberBetween(1, 36_500, 'a number of days, 1 or more').transform((value) =>
    Number(value ?? 90),
  ),
  /** File of access tokens; undefined asks for none. */
  ACCESS_TOKENS: variable('the path of a file of access tokens', (value) => value.trim() !== ''),
  /** Lets anybody in who can reach the address, where that isn't this machine alone. */
  PUBLIC: flag(),
  /** Origins whose pages may ask from their own place, as the widget does. */
  ALLOWED_ORIGINS: variable(
    'origins such as https://intranet.example, with commas or spaces between them, and each without a path or a slash at its end',
    (value) => wordsOf(value).every(isOrigin),
  ).transform((value) => wordsOf(value ?? '')),
  /** A proxy in front sets X-Forwarded-For, and nobody gets past it. */
  TRUST_PROXY: flag(),
  /** Undefined: the default of the address that is served; 0: any number. */
  QUESTIONS_PER_MINUTE: count('a number of questions, or 0 for any'),
  REQUESTS_PER_MINUTE: count('a number of requests, or 0 for any'),
  ANSWERS_AT_ONCE: count('a number of answers, or 0 for any'),
  ANSWERS_AT_ONCE_EACH: count('a number of answers, or 0 for any'),
  /** Undefined: any number. */
  MODEL_TOKENS_PER_DAY: numberBetween(1, 1e12, 'a number of tokens, 1 or more').transform((value) =>
    value === undefined ? undefined : Number(value),
  ),
  FIRST_WORDS_TIMEOUT: seconds(120),
  ANSWER_TIMEOUT: seconds(600),
  /** Address that readers reach Docent by, for links that leave it; without a slash at its end. */
  PUBLIC_URL: variable('an address such as https://docent.example', isHttpAddress).transform((value) =>
    value?.replace(/\/+$/, ''),
  ),
  /** Address of a document's file in its repository; see `repositoryUrl`. */
  SOURCE_URL: variable(
    'an http(s) address with {path} in it, such as https://github.com/org/repo/blob/main/{path}',
    (value) => isHttpAddress(value) && value.includes('{path}'),
  ),
  /** `json`: one object a line, requests and answers too. */
  LOG_FORMAT: variable('text or json', (value) => value === 'text' || value === 'json').transform((value) =>
    value === 'json' ? 'json' : 'text',
  ),
  /** Questions may say much about who asks them. */
  LOG_QUESTIONS: flag(),
  /** Undefined: no traces. */
  OTEL_EXPORTER_OTLP_ENDPOINT: variable('an address such as http://localhost:4318', isHttpAddress),
  /** Seconds that answers under way may go on after a signal to stop. */
  STOP_GRACE: numberBetween(0, 3_600, 'a number of seconds, 0 to 3600').transform((value) =>
    Number(value ?? 10),
  ),
  INGEST_ON_START: variable('on or off', (value) => value === 'on' || value === 'off').transform(
    (value) => value !== 'off',
  ),
};

/** Names of all settings. */
export const SETTINGS: readonly string[] = Object.keys(serverShape);

/**
 * The environment as the server's settings. Throws `DocentError` `bad_config` with all faults, also when
 * a model of OpenAI's own is wanted without a key.
 */
export function readServerConfig(env: Readonly<Record<string, string | undefined>>): ServerConfig {
  const config = parseEnvironment(serverShape, env);
  const needsKey = config.CHAT_MODEL !== undefined || config.CHECK_MODEL !== undefined;
  if (needsKey && config.OPENAI_API_KEY === undefined && isOpenAi(config.OPENAI_BASE_URL)) {
    throw new DocentError(
      'bad_config',
      'OPENAI_API_KEY is missing, and api.openai.com asks for one. Set it in the environment or in .env, or set OPENAI_BASE_URL to an endpoint of your own.',
    );
  }
  if (!isLoopback(config.HOST) && config.ACCESS_TOKENS === undefined && !config.PUBLIC) {
    throw new DocentError(
      'bad_config',
      `HOST=${config.HOST} lets other machines in, and nothing says which of their people. Make a token with "npm run token -- add NAME" and set ACCESS_TOKENS to the file that it names, or set PUBLIC=true to let everybody in.`,
    );
  }
  return Object.freeze({ ...config, docsNamed: (env.DOCS_DIR ?? '').trim() !== '' });
}

/** Values that no log may show. */
export function secretsOf({ OPENAI_API_KEY, LANCEDB_API_KEY, GAPS_DB }: ServerConfig): string[] {
  const password = isPostgres(GAPS_DB) ? new URL(GAPS_DB).password : '';
  return [OPENAI_API_KEY ?? '', LANCEDB_API_KEY ?? '', password, decodeURIComponent(password)].filter(
    (secret) => secret !== '',
  );
}

/** An address that only this machine reaches. */
export function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || /^127(\.\d{1,3}){3}$/.test(host);
}

function wordsOf(list: string): string[] {
  return list.split(/[\s,]+/).filter((word) => word !== '');
}

/** As a browser sends it. */
function isOrigin(value: string): boolean {
  return /^https?:/.test(value) && URL.canParse(value) && new URL(value).origin === value;
}

function isOpenAi(baseUrl: string | undefined): boolean {
  return baseUrl === undefined || new URL(baseUrl).hostname === 'api.openai.com';
}
