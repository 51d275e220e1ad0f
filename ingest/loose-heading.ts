import { headingAtx } from 'micromark-core-commonmark';
import type { Code, Construct, Extension, State, TokenizeContext, Tokenizer } from 'micromark-util-types';

const HASH = 35;
/** What a heading starts with right behind its `##`: a word, markup, a picture sign or another kind of space. */
export const HEADING_START = /(?:[\p{L}\p{N}\p{Extended_Pictographic}*_[`(“"]|(?![ \t\r\n])\p{Zs})/u;
const STARTS = new RegExp(`^${HEADING_START.source}`, 'u');
const STARTS_SINGLE = /^(?:(?!\p{Ll})\p{L}|(?! )\p{Zs})/u;

/**
 * Micromark extension: `##Heading` without a space is a heading, as older renderers had it. Only where a
 * paragraph would start, and after a single `#` only before a letter that isn't lower case or a space that isn't
 * Markdown's, so that `#general is our channel` and `#1 is open` stay sentences.
 */
export function looseHeading(): Extension {
  return { flow: { [HASH]: { ...headingAtx, name: 'looseHeading', tokenize } satisfies Construct } };
}

const tokenize: Tokenizer = function (this: TokenizeContext, effects, ok, nok) {
  const interrupts = this.interrupt === true;
  let size = 0;
  return start;

  function start(code: Code): State | undefined {
    if (interrupts) return nok(code);
    effects.enter('atxHeading');
    effects.enter('atxHeadingSequence');
    return sequence(code);
  }

  function sequence(code: Code): State | undefined {
    if (code === HASH && size < 6) {
      size += 1;
      effects.consume(code);
      return sequence;
    }
    if (!startsHeading(code, size)) return nok(code);
    effects.exit('atxHeadingSequence');
    return between(code);
  }

  function between(code: Code): State | undefined {
    if (isLineEnd(code)) {
      effects.exit('atxHeading');
      return ok(code);
    }
    if (isSpace(code)) {
      effects.enter('whitespace');
      return whitespace(code);
    }
    if (code === HASH) {
      effects.enter('atxHeadingSequence');
      return closing(code);
    }
    effects.enter('atxHeadingText');
    return text(code);
  }

  function whitespace(code: Code): State | undefined {
    if (isSpace(code)) {
      effects.consume(code);
      return whitespace;
    }
    effects.exit('whitespace');
    return between(code);
  }

  function closing(code: Code): State | undefined {
    if (code === HASH) {
      effects.consume(code);
      return closing;
    }
    effects.exit('atxHeadingSequence');
    return between(code);
  }

  function text(code: Code): State | undefined {
    if (isLineEnd(code) || isSpace(code) || code === HASH) {
      effects.exit('atxHeadingText');
      return between(code);
    }
    effects.consume(code);
    return text;
  }
};

function startsHeading(code: Code, size: number): boolean {
  if (code === null || code < 0) return false;
  // Half of a character beyond the first plane: nearly always a picture sign.
  if (code >= 0xd800 && code < 0xdc00) return size > 1;
  return (size > 1 ? STARTS : STARTS_SINGLE).test(String.fromCharCode(code));
}

/** Micromark's codes: -5 to -3 are line endings, -2 and -1 a tab's columns. */
function isLineEnd(code: Code): boolean {
  return code === null || code < -2;
}

function isSpace(code: Code): boolean {
  return code === -2 || code === -1 || code === 32;
}
