import type { Embedder } from '../../knowledge/embedder.ts';
import type { StoreReader } from '../../knowledge/snapshot.ts';
import { type Answer, makeAnswer } from '../../server/answer/answer.ts';
import { makeChatModel } from '../../server/answer/chat-model.ts';
import type { AnswerMode, Claim, ClaimStatus } from '../../server/events.ts';
import { llamaServer, startRealModel } from '../server/real-model.ts';
import type { EvalQuestion } from './corpora.ts';

/** A small context keeps the prompts short on a slow machine, and the model no worse. */
const CONTEXT_TOKENS = 2_048;

/** A written answer with the last word on each of its statements. */
export type Written = {
  readonly mode: AnswerMode | 'failed';
  readonly text: string;
  readonly claims: readonly Claim[];
};

/**
 * Lets the small real model of `../shared/llm` write and check answers to `count` of the questions, spread
 * over the set, and prints each statement with its status and grounds, for reading by hand. Gives the
 * number of statements by status; undefined where the model is not here.
 */
export async function evaluateRealModel(
  questions: readonly EvalQuestion[],
  count: number,
  { store, embedder }: { readonly store: StoreReader; readonly embedder: Embedder },
): Promise<Record<ClaimStatus | 'open', number> | undefined> {
  if (!llamaServer.there) {
    console.log(`\nwritten answers${llamaServer.why}`);
    return undefined;
  }
  const model = await startRealModel(CONTEXT_TOKENS);
  try {
    const chatModel = makeChatModel({
      model: 'smollm2',
      baseUrl: model.baseUrl,
      contextTokens: CONTEXT_TOKENS,
    });
    const answer = makeAnswer({ store, embedder, chatModel });
    const counts = { quoted: 0, supported: 0, unsupported: 0, open: 0 };
    for (const question of spread(questions, count)) {
      const written = await ask(answer, question);
      for (const { status, checking } of written.claims) counts[checking ? 'open' : status]++;
      console.log(format(question, written));
    }
    const total = Object.entries(counts).map(([status, number]) => `${status} ${number}`);
    console.log(`\nstatements by status: ${total.join(', ')}`);
    return counts;
  } finally {
    await model.close();
  }
}

/** `count` of the questions at even distances; talk that is no question is left out. */
export function spread(questions: readonly EvalQuestion[], count: number): EvalQuestion[] {
  const real = questions.filter(({ kind }) => kind !== 'smalltalk');
  const wanted = Math.min(count, real.length);
  return Array.from({ length: wanted }, (_, i) => real[Math.floor((i * real.length) / wanted)] ?? []).flat();
}

async function ask(answer: Answer, { question, history = [] }: EvalQuestion): Promise<Written> {
  const messages = [...history, { role: 'user' as const, content: question }];
  const claims = new Map<string, Claim>();
  let text = '';
  let mode: Written['mode'] = 'failed';
  try {
    for await (const event of answer({ messages }, { signal: new AbortController().signal })) {
      if (event.type === 'delta') text += event.text;
      if (event.type === 'claim') claims.set(`${event.start} ${event.end}`, event);
      if (event.type === 'done') mode = event.mode;
    }
  } catch (error) {
    text += `\n(${error instanceof Error ? error.message : String(error)})`;
  }
  return { mode, text, claims: [...claims.values()].sort((a, b) => a.start - b.start) };
}

function format({ id, question }: EvalQuestion, { mode, text, claims }: Written): string {
  const lines = claims.flatMap((claim) => {
    const status = claim.checking ? 'open' : claim.status;
    const sentence = text.slice(claim.start, claim.end).replace(/\s+/g, ' ').trim();
    const grounds = claim.citations.map(({ n, quote }) => `      [${n}] ${quote.replace(/\s+/g, ' ')}`);
    const reason = claim.reason === undefined ? [] : [`      because: ${claim.reason}`];
    return [`  ${status.padEnd(11)} ${sentence}`, ...reason, ...grounds];
  });
  return [`\n${id} ${mode}: ${question}`, ...(claims.length > 0 ? lines : [`  ${text.trim()}`])].join('\n');
}
