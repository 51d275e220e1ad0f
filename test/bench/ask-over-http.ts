import type { ChatMessage, Done } from '../../server/events.ts';

/** What a client sees of one answer; times in milliseconds from sending the question. */
export type Asked = {
  readonly firstDelta: number;
  readonly total: number;
  readonly done: Done | undefined;
};

/** Asks over HTTP as the web client does, reading the events as they come. */
export async function askOverHttp(url: string, messages: readonly ChatMessage[]): Promise<Asked> {
  const began = performance.now();
  const response = await fetch(`${url}/api/chat`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ messages }),
  });
  const { text, at } = await readUntilEnd(response, /event: delta\n/);
  const done = /event: done\ndata: (.*)\n/.exec(text)?.[1];
  if (done === undefined) throw new Error(`The answer did not end well: ${text.slice(-300)}`);
  return { firstDelta: at - began, total: performance.now() - began, done: JSON.parse(done) };
}

/** Milliseconds until an OpenAI-compatible endpoint, asked without Docent, sends its first token. */
export async function firstTokenOf(baseUrl: string, model: string, content: string): Promise<number> {
  const began = performance.now();
  const response = await fetch(`${baseUrl}/chat/completions`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ model, stream: true, messages: [{ role: 'user', content }] }),
  });
  return (await readUntilEnd(response, /"content":"/)).at - began;
}

/** Reads a stream to its end; `at` is when the pattern had first come. */
async function readUntilEnd(response: Response, pattern: RegExp): Promise<{ text: string; at: number }> {
  if (!response.ok || !response.body) throw new Error(`${response.status} ${await response.text()}`);
  const decoder = new TextDecoder();
  let text = '';
  let at = Number.NaN;
  const reader = response.body.getReader();
  for (let part = await reader.read(); !part.done; part = await reader.read()) {
    text += decoder.decode(part.value, { stream: true });
    if (Number.isNaN(at) && pattern.test(text)) at = performance.now();
  }
  return { text, at };
}
