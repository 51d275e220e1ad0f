import { randomUUID } from 'node:crypto';
import type { z } from 'zod';
import type { chatCompletion, chatCompletionChunk } from '../contract/openai-chat.ts';
import type { ContentPart } from './content.ts';
import type { Usage } from './count-tokens.ts';

export type ChatCompletion = z.output<typeof chatCompletion>;
export type ChatCompletionChunk = z.output<typeof chatCompletionChunk>;

export type CompletionOptions = {
  /** As the client named it. */
  readonly model: string;
  /** For an answer's text. */
  readonly usageFor: (completion: string) => Usage;
};

/** An answer as one body. */
export async function completionOf(
  parts: AsyncIterable<ContentPart>,
  { model, usageFor }: CompletionOptions,
): Promise<ChatCompletion> {
  let content = '';
  let end: (ContentPart & { type: 'end' }) | undefined;
  for await (const part of parts) {
    if (part.type === 'text') content += part.text;
    else end = part;
  }
  if (!end) throw new Error('an answer without an end');
  const { annotations, docent, cut } = end;
  return {
    ...headingOf(model),
    object: 'chat.completion',
    choices: [
      {
        index: 0,
        message: { role: 'assistant', content, refusal: null, annotations },
        logprobs: null,
        finish_reason: cut ? 'length' : 'stop',
      },
    ],
    usage: usageFor(content),
    docent,
  };
}

/**
 * An answer in chunks: the role, pieces of text, the annotations, then the reason for the end with Docent's own
 * word, and with `includeUsage` the tokens.
 */
export async function* chunksOf(
  parts: AsyncIterable<ContentPart>,
  { model, usageFor, includeUsage }: CompletionOptions & { readonly includeUsage: boolean },
): AsyncGenerator<ChatCompletionChunk> {
  type Choice = ChatCompletionChunk['choices'][number];
  const heading = { ...headingOf(model), object: 'chat.completion.chunk' as const };
  const chunk = (
    delta: Choice['delta'],
    finish_reason: Choice['finish_reason'] = null,
  ): ChatCompletionChunk => ({
    ...heading,
    choices: [{ index: 0, delta, logprobs: null, finish_reason }],
    ...(includeUsage && { usage: null }),
  });
  yield chunk({ role: 'assistant', content: '', refusal: null });
  let content = '';
  for await (const part of parts) {
    if (part.type === 'text') {
      content += part.text;
      yield chunk({ content: part.text });
      continue;
    }
    const { annotations, docent, cut } = part;
    if (annotations.length > 0) yield chunk({ annotations });
    yield { ...chunk({}, cut ? 'length' : 'stop'), docent };
  }
  if (includeUsage) yield { ...heading, choices: [], usage: usageFor(content) };
}

function headingOf(model: string): { id: string; created: number; model: string } {
  return { id: `chatcmpl-${randomUUID()}`, created: Math.floor(Date.now() / 1000), model };
}
