import { nameOf, pageOf } from '../cited.ts';
import type { Answered } from '../collect-answer.ts';

/** Statements that the docs prove, and all of them; those still being checked prove nothing. */
export function tallyOf(claims: Answered['claims']): { readonly proven: number; readonly all: number } {
  const proven = claims.filter(({ status, checking }) => !checking && status !== 'unsupported').length;
  return { proven, all: claims.length };
}

/**
 * What a reader who sees only the text must be told below it: what the docs say in two ways, how much of a written answer the docs prove, what the
 * docs only come near to, and where the nearest sections stand when they don't answer. "" when there is nothing.
 */
export function closingOf(answered: Answered, origin: string): string {
  const { sources, claims, done } = answered;
  if (done.mode === 'abstained') {
    const nearest = sources.map((source) => `- [${labelOf(nameOf(source))}](${origin}${source.url})`);
    return nearest.length === 0 ? '' : `\n\n${nearest.join('\n')}`;
  }
  const support = done.mode === 'written' ? supportOf(tallyOf(claims)) : undefined;
  const sentences = [support, done.note].filter((sentence) => sentence !== undefined);
  const otherwise = disagreementsOf(answered, origin);
  return sentences.length === 0 ? otherwise : `${otherwise}\n\n*${sentences.join(' ')}*`;
}

/** Each side of a disagreement as an entry of a list, the newest first. */
function disagreementsOf({ sources, disagreements = [] }: Answered, origin: string): string {
  return disagreements
    .map(({ sides }) => {
      const lines = sides.flatMap((citation) => {
        const source = sources.find(({ n }) => n === citation.n);
        if (!source) return [];
        const link = `[${citation.n}](${origin}${pageOf({ source, citation })})`;
        return `- Changed ${citation.changedAt.slice(0, 10)}: “${labelOf(citation.quote)}” ${link}`;
      });
      return `\n\n${DISAGREE}\n\n${lines.join('\n')}`;
    })
    .join('');
}

const DISAGREE = '**The docs disagree:**';
const DISAGREEMENT = /\n\n\*\*The docs disagree:\*\*\n(?:\n- Changed [^\n]*)+/g;
/** How far the docs support it, and the note. */
const LAST_WORDS = /\n\n\*(?!\*)[^\n]+\*\s*$/;
/** Under the sentence that the docs don't answer. */
const NEAREST = /^([^\n]+)\n\n(?:- \[[^\n]+\]\(https?:\/\/[^\s()]*\/docs\/[^\s()]*\)\s*)+$/;
const LINKED_MARKER = /\[(\d{1,3})\]\(https?:\/\/[^\s()]*\/docs\/[^\s()]*\)/g;

/** An answer of ours that a client sends back, without what was added for its readers: the closing and the links. */
export function withoutAdditions(content: string): string {
  return content
    .replace(LAST_WORDS, '')
    .replace(NEAREST, '$1')
    .replace(DISAGREEMENT, '')
    .replace(LINKED_MARKER, '[$1]');
}

function supportOf({ proven, all }: ReturnType<typeof tallyOf>): string | undefined {
  if (all === 0) return undefined;
  if (proven < all) {
    return `${proven} of ${all} statements ${proven === 1 ? 'is' : 'are'} supported by the docs.`;
  }
  return all === 1
    ? 'The statement is supported by the docs.'
    : `All ${all} statements are supported by the docs.`;
}

function labelOf(name: string): string {
  return name.replace(/[\\[\]*_`<]/g, '\\$&');
}
