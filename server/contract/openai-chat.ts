import { z } from 'zod';
import { answerMode, claim, done, source } from './chat.ts';
import { score, version } from './places.ts';

/** What OpenAI's API asks for and gives, as far as Docent speaks it. */

const textPart = z.strictObject({
  type: z.literal('text', {
    error: ({ input }) => `Docent reads text only; a part of type ${shown(input)} can’t be taken.`,
  }),
  text: z.string(),
});
const content = z
  .union([z.string(), z.array(textPart)], { error: 'Send text, or a list of parts of text.' })
  .describe('Text, or a list of parts of text. Images, audio and files are refused.');
const name = z.string().nullish().describe('Has no effect.');

const noTool = ({ input }: { readonly input?: unknown }): string => {
  const called = toolNames(input);
  return called.length === 0
    ? 'Docent has no tools to call.'
    : `There is no tool ${called.join(', ')}: Docent has none.`;
};

/** What comes with an answer, here or from other servers, and is sent back with it. */
const givenBack = Object.fromEntries(
  ['annotations', 'audio', 'id', 'reasoning', 'reasoning_content', 'refusal'].map((key) => [
    key,
    z.unknown().optional().describe('Accepted with an earlier answer; has no effect.'),
  ]),
);
const refusalPart = z.strictObject({ type: z.literal('refusal'), refusal: z.string() });
export const message = z
  .discriminatedUnion(
    'role',
    [
      z.strictObject({ role: z.literal(['system', 'developer']), content, name }),
      z.strictObject({ role: z.literal('user'), content, name }),
      z.strictObject({
        role: z.literal('assistant'),
        content: z.union([z.string(), z.array(z.union([textPart, refusalPart]))]).nullish(),
        name,
        tool_calls: z.array(z.unknown()).max(0, { error: noTool }).nullish(),
        function_call: z.null({ error: noTool }).optional(),
        ...givenBack,
      }),
    ],
    {
      error: ({ input }) => {
        const role = input !== null && typeof input === 'object' && 'role' in input ? input.role : undefined;
        return role === 'tool' || role === 'function'
          ? `Docent has no tools, so there is no message of role ${shown(role)} to read.`
          : `A message’s role is "system", "developer", "user" or "assistant", not ${shown(role)}.`;
      },
    },
  )
  .describe('System and developer messages set the tone of written answers; they are no source of facts.');

export const noEffect = z.unknown().describe('Accepted; has no effect.');
const tokens = z.number().int().min(1).nullish();

/** Refused unless they ask for what happens anyway: else the answer would be another than was asked for. */
const refusable = {
  n: z.literal(1, { error: 'Docent gives one answer to a question; leave n out.' }).nullish(),
  tools: z.array(z.unknown(), { error: noTool }).max(0, { error: noTool }).nullish(),
  tool_choice: z.enum(['none', 'auto'], { error: noTool }).nullish(),
  functions: z.array(z.unknown(), { error: noTool }).max(0, { error: noTool }).nullish(),
  function_call: z.enum(['none', 'auto'], { error: noTool }).nullish(),
  response_format: z
    .object({ type: z.literal('text', { error: 'Docent answers in Markdown; JSON can’t be asked for.' }) })
    .nullish(),
  logprobs: z.literal(false, { error: 'Docent has no log probabilities to give.' }).nullish(),
  top_logprobs: z.literal(0, { error: 'Docent has no log probabilities to give.' }).nullish(),
  stop: z
    .array(z.unknown(), { error: 'Docent doesn’t stop at given words; use max_completion_tokens.' })
    .max(0, { error: 'Docent doesn’t stop at given words; use max_completion_tokens.' })
    .nullish(),
  modalities: z.array(z.literal('text', { error: 'Docent answers in text only.' })).nullish(),
  audio: z.null({ error: 'Docent answers in text only.' }).optional(),
  web_search_options: z.null({ error: 'Docent searches its docs only, never the web.' }).optional(),
};
export const REFUSABLE: ReadonlySet<string> = new Set(Object.keys(refusable));

/** What tunes how a model chooses its words, or is for the client's own book-keeping. */
const IGNORED = [
  ...[
    'temperature',
    'top_p',
    'seed',
    'presence_penalty',
    'frequency_penalty',
    'logit_bias',
    'reasoning_effort',
  ],
  ...[
    'verbosity',
    'prediction',
    'parallel_tool_calls',
    'service_tier',
    'store',
    'metadata',
    'user',
    'moderation',
  ],
  ...['safety_identifier', 'prompt_cache_key', 'prompt_cache_retention'],
  // What clients of other OpenAI-compatible servers send.
  ...[
    'top_k',
    'top_a',
    'min_p',
    'typical_p',
    'repeat_penalty',
    'repetition_penalty',
    'cache_prompt',
    'options',
  ],
  ...['keep_alive', 'think', 'chat_template_kwargs', 'chat_id', 'session_id', 'id'],
] as const;
const ignored = Object.fromEntries(IGNORED.map((parameter) => [parameter, noEffect.optional()]));

/** `POST /v1/chat/completions`. Whatever it doesn't name is refused, as OpenAI does. */
export const chatCompletionRequest = z
  .strictObject({
    model: z.string().describe('`docent`, or `docent-quoted` for answers in the docs’ own words only.'),
    messages: z.array(message).min(1).describe('The last is the user’s question.'),
    stream: z.boolean().nullish(),
    stream_options: z
      .strictObject({
        include_usage: z.boolean().nullish().describe('A last chunk tells the tokens.'),
        include_obfuscation: z.boolean().nullish().describe('Has no effect.'),
      })
      .nullish(),
    max_completion_tokens: tokens.describe(
      'The answer’s text is cut after so many tokens (see `usage`), with finish_reason `length`.',
    ),
    max_tokens: tokens.describe('The older name of max_completion_tokens.'),
    ...refusable,
    ...ignored,
  })
  .refine(({ stream, stream_options }) => stream === true || (stream_options ?? null) === null, {
    path: ['stream_options'],
    error: 'Only with "stream": true.',
  })
  .describe('A conversation.');

export const usage = z
  .object({
    prompt_tokens: z.number().int().describe('Of the messages sent.'),
    completion_tokens: z.number().int().describe('Of the text given, its links included.'),
    total_tokens: z.number().int(),
  })
  .describe(
    'Counted with the tokenizer of the embedding model that comes with Docent; a measure, not a bill.',
  );

const citationIndex = z.number().int().min(0);
export const annotation = z
  .object({
    type: z.literal('url_citation'),
    url_citation: z.object({
      start_index: citationIndex.describe('Where the link begins in content, in Unicode code points.'),
      end_index: citationIndex.describe(
        'Where it ends, in Unicode code points, its last character not included.',
      ),
      url: z.string().describe('Opens the cited words.'),
      title: z.string().describe('Document and headings.'),
    }),
  })
  .describe('A citation. `content` from start_index to end_index is its Markdown link.');

/** Docent's own word on an answer, which OpenAI's clients pass over. */
export const docent = z
  .object({
    mode: answerMode,
    score,
    version,
    note: done.shape.note,
    question: z
      .string()
      .exactOptional()
      .describe('The question searched for, where it differs from the one asked.'),
    statements: z.object({ all: z.number().int(), supported: z.number().int() }),
    claims: z
      .array(claim.omit({ start: true, end: true, checking: true }).extend({ text: z.string() }))
      .describe('The statements of the answer in their order.'),
    sources: z.array(source.extend({ url: z.string().describe('Opens the section.') })),
  })
  .describe('What Docent knows of the answer beyond its text: how each statement is proven.');

const finishReason = z.enum(['stop', 'length']);
const heading = {
  id: z.string(),
  created: z.number().int().describe('Unix time in seconds.'),
  model: z.string(),
};

export const chatCompletion = z
  .object({
    ...heading,
    object: z.literal('chat.completion'),
    choices: z.array(
      z.object({
        index: z.literal(0),
        message: z.object({
          role: z.literal('assistant'),
          content: z.string().describe('Markdown with its citations as links.'),
          refusal: z.null(),
          annotations: z.array(annotation),
        }),
        logprobs: z.null(),
        finish_reason: finishReason,
      }),
    ),
    usage,
    docent,
  })
  .describe('An answer.');

export const chatCompletionChunk = z
  .object({
    ...heading,
    object: z.literal('chat.completion.chunk'),
    choices: z.array(
      z.object({
        index: z.literal(0),
        delta: z.object({
          role: z.literal('assistant').exactOptional(),
          content: z.string().exactOptional(),
          refusal: z.null().exactOptional(),
          annotations: z.array(annotation).exactOptional(),
        }),
        logprobs: z.null(),
        finish_reason: finishReason.nullable(),
      }),
    ),
    usage: usage.nullable().exactOptional(),
    docent: docent.exactOptional().describe('With the chunk that has a finish_reason.'),
  })
  .describe('A piece of an answer: `data` of a server-sent event. After the last comes `data: [DONE]`.');

function shown(value: unknown): string {
  return JSON.stringify(value) ?? 'none';
}

/** Names in tool calls, tools and tool choices, however they are nested. */
function toolNames(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(toolNames);
  if (value === null || typeof value !== 'object') return [];
  const own = 'name' in value && typeof value.name === 'string' ? [shown(value.name)] : [];
  return [...own, ...('function' in value ? toolNames(value.function) : [])];
}
