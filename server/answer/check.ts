import type { Claim } from '../events.ts';
import type { ChatModel } from './chat-model.ts';
import { makeCheckPrompt } from './check-prompt.ts';
import type { Evidence } from './evidence.ts';
import { makeQuoteMatcher } from './match-quote.ts';
import { makeNearestSentence } from './nearest-sentence.ts';
import { makeProver } from './prove-claim.ts';
import { makeVerdictReader, type Verdict } from './read-verdicts.ts';
import type { SplitClaim } from './split-claims.ts';

export type CheckInput = {
  readonly claims: readonly SplitClaim[];
  readonly evidence: readonly Evidence[];
  readonly signal?: AbortSignal;
};

/**
 * First every claim with what can be decided without a model, `checking` where a model is still asked;
 * then, as it answers, a replacing claim for each of those. Throws only the signal's reason: a checker
 * that fails leaves its claims unsupported.
 */
export type Checker = (input: CheckInput) => AsyncGenerator<Claim>;

/** Claims in one call: few enough for a small model to keep count of. */
const CLAIMS_A_CALL = 8;
const NOT_WORD_FOR_WORD = 'The docs don’t say this word for word, and no model is set up to check more.';
const NOT_PROVEN = 'No words of the docs could be named that say this.';
const NO_ANSWER = 'The checker gave no answer on this.';
const NOT_REACHED = 'The checker couldn’t be reached.';

/** Decides which statements of an answer the passages prove. Without a model only quotations can be. */
export function makeChecker({ model }: { readonly model?: ChatModel }): Checker {
  return async function* check({ claims, evidence, signal }) {
    const matcher = makeQuoteMatcher(evidence);
    const prover = makeProver(matcher);
    const near = makeNearestSentence(matcher.passages);
    const unsupported = ({ start, end, text }: SplitClaim, reason: string): Claim => {
      const nearest = near.nearest(text);
      return { start, end, status: 'unsupported', citations: nearest ? [nearest] : [], reason };
    };
    const decide = (claim: SplitClaim, { supported, grounds }: Verdict): Claim => {
      if (!supported) return unsupported(claim, NOT_PROVEN);
      const proof = prover.prove(claim, grounds);
      if (!proof.proven) return unsupported(claim, proof.reason);
      return { start: claim.start, end: claim.end, status: 'supported', citations: proof.citations };
    };

    const open: SplitClaim[] = [];
    for (const claim of claims) {
      const citation = prover.quoted(claim);
      if (citation) {
        yield { start: claim.start, end: claim.end, status: 'quoted', citations: [citation] };
      } else if (model && matcher.passages.length > 0) {
        open.push(claim);
        const { reason: _, ...waiting } = unsupported(claim, '');
        yield { ...waiting, checking: true };
      } else {
        yield unsupported(claim, NOT_WORD_FOR_WORD);
      }
    }
    if (!model) return;
    let failed = false;
    for (let at = 0; at < open.length; at += CLAIMS_A_CALL) {
      const waiting = new Map(open.slice(at, at + CLAIMS_A_CALL).map((claim, index) => [index + 1, claim]));
      try {
        if (failed) throw new Error(NOT_REACHED);
        for await (const verdict of ask(model, [...waiting.values()])) {
          const claim = waiting.get(verdict.claim);
          if (!claim || !waiting.delete(verdict.claim)) continue;
          yield decide(claim, verdict);
        }
      } catch {
        signal?.throwIfAborted();
        failed = true;
      }
      for (const claim of waiting.values()) yield unsupported(claim, failed ? NOT_REACHED : NO_ANSWER);
    }

    async function* ask(checker: ChatModel, batch: readonly SplitClaim[]): AsyncGenerator<Verdict> {
      signal?.throwIfAborted();
      const likeness = near.likeness(batch.map(({ text }) => text).join(' '));
      const { messages, maxTokens } = makeCheckPrompt(
        batch,
        matcher.passages,
        likeness,
        checker.contextTokens,
      );
      const reader = makeVerdictReader();
      for await (const piece of checker.stream(messages, { maxTokens, ...(signal ? { signal } : {}) })) {
        yield* reader.push(piece);
      }
      signal?.throwIfAborted();
      yield* reader.flush();
    }
  };
}
