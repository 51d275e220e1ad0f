import { decodeNamedCharacterReference } from 'decode-named-character-reference';
import type { Range } from '../knowledge/document.ts';
import { type MaskedSource, OPEN } from './mask-tags.ts';

/** A piece of plain text and the range of the source that it stands for: sign for sign, where both are as long. */
export type AlignedPiece = Range & { readonly text: string };

/** Of an escape, a reference and a hidden tag. */
const MARKS = new Set(['\\', '&', OPEN].map((mark) => mark.charCodeAt(0)));

const REFERENCE = /&(?:#[xX]([0-9a-fA-F]{1,6})|#(\d{1,7})|([A-Za-z][A-Za-z0-9]{0,31}));/y;

/** Pairs the value of a parsed text with how it is written: escapes, entities, `> ` and tags are skipped. */
export function* alignText(value: string, range: Range, masked: MaskedSource): Generator<AlignedPiece> {
  let at = range.start;
  let index = 0;
  while (index < value.length) {
    const tag = masked.lengthAt(value, index);
    if (tag > 0) {
      const found = masked.text.indexOf(value.slice(index, index + tag), at);
      if (found >= 0) at = found;
      yield { text: masked.show(value.slice(index, index + tag)), start: at, end: at + tag };
      at += tag;
      index += tag;
      continue;
    }
    const run = sameRun(value, index, at, range.end, masked.text);
    const piece =
      run > 0
        ? { text: value.slice(index, index + run), start: at, end: at + run }
        : nextPiece(value, index, at, range.end, masked.text);
    yield piece;
    at = piece.end;
    index += piece.text.length;
  }
}

/** The written text of a range as plain text: entities decoded, tags shown. */
export function* readText(range: Range, masked: MaskedSource): Generator<AlignedPiece> {
  let at = range.start;
  while (at < range.end) {
    const tag = masked.lengthAt(masked.text, at);
    const reference = tag > 0 ? undefined : referenceAt(masked.text, at);
    const length = tag || reference?.length || 1;
    const written = masked.text.slice(at, at + length);
    const range = { start: at, end: at + length };
    yield { ...range, text: tag > 0 ? masked.show(written) : (reference?.text ?? written) };
    at += length;
  }
}

/** Pairs the value of inline code with how it is written: nothing is escaped there. */
export function* alignCode(value: string, range: Range, source: string): Generator<AlignedPiece> {
  let at = range.start;
  for (let index = 0; index < value.length; ) {
    const run = sameRun(value, index, at, range.end, source, true);
    const piece =
      run > 0
        ? { text: value.slice(index, index + run), start: at, end: at + run }
        : literalPiece(value[index] ?? '', at, range.end, source);
    yield piece;
    at = piece.end;
    index += piece.text.length;
  }
}

/** How many characters of the value are written as they are; no mark that could be something else is among them. */
function sameRun(
  value: string,
  index: number,
  at: number,
  limit: number,
  written: string,
  isLiteral = false,
): number {
  let length = 0;
  const most = Math.min(value.length - index, limit - at);
  while (length < most) {
    const code = value.charCodeAt(index + length);
    if (code !== written.charCodeAt(at + length)) break;
    if (!isLiteral && MARKS.has(code)) break;
    length += 1;
  }
  return length;
}

function nextPiece(value: string, index: number, from: number, limit: number, written: string): AlignedPiece {
  const wanted = value[index] ?? '';
  for (let at = from; at < limit; at += 1) {
    const reference = referenceAt(written, at);
    if (reference && value.startsWith(reference.text, index)) {
      return { text: reference.text, start: at, end: at + reference.length };
    }
    const escaped = written[at] === '\\' && written[at + 1] === wanted && /[!-/:-@[-`{-~]/.test(wanted);
    if (escaped) return { text: wanted, start: at, end: at + 2 };
    if (sameCharacter(written[at], wanted)) return { text: wanted, start: at, end: at + 1 };
  }
  return { text: wanted, start: from, end: from };
}

function literalPiece(text: string, from: number, limit: number, written: string): AlignedPiece {
  for (let at = from; at < limit; at += 1) {
    if (sameCharacter(written[at], text)) return { text, start: at, end: at + 1 };
  }
  return { text, start: from, end: from };
}

/** The character that `&amp;` and the like stand for; anything else as it is. */
export function decodeReference(written: string): string {
  const reference = referenceAt(written, 0);
  return reference?.length === written.length ? reference.text : written;
}

function referenceAt(written: string, at: number): { text: string; length: number } | undefined {
  if (written[at] !== '&') return undefined;
  REFERENCE.lastIndex = at;
  const match = REFERENCE.exec(written);
  if (!match) return undefined;
  const [whole, hex, decimal, name] = match;
  if (name !== undefined) {
    const text = decodeNamedCharacterReference(name);
    return text === false ? undefined : { text, length: whole.length };
  }
  const code = hex === undefined ? Number(decimal) : Number.parseInt(hex, 16);
  const valid = code > 0 && code <= 0x10ffff && (code < 0xd800 || code > 0xdfff);
  return { text: valid ? String.fromCodePoint(code) : '\uFFFD', length: whole.length };
}

/** The parser turns NUL into a replacement character, any line ending into one, and in code into a space. */
function sameCharacter(written: string | undefined, parsed: string): boolean {
  if (written === parsed) return true;
  if (parsed === '\uFFFD') return written === '\0';
  return (parsed === '\n' && written === '\r') || (parsed === ' ' && (written === '\n' || written === '\r'));
}
