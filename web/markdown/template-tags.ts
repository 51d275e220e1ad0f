import type { TextRun } from './positions.ts';

/** Private-use characters: Markdown takes them for letters, and docs don't hold them. */
const open = '\uE000';
const fill = '\uE001';
const masked = /\uE000\uE001*/g;

/** Bounded, so that a file of nothing but openings takes no time. */
const tags = new RegExp(
  [
    /\{%-?\s{0,20}comment\s{0,20}-?%\}[\s\S]{0,10000}?\{%-?\s{0,20}endcomment\s{0,20}-?%\}/,
    /\{%(?:[^%\n]|%(?!\})|\n(?!\s*\n)){0,600}%\}/,
    /\{\{[^{}\n]{0,200}\}\}/,
    /\{:[^{}\n]{1,200}\}/,
  ]
    .map((tag) => tag.source)
    .join('|'),
  'g',
);

/** The source with each tag of Liquid or kramdown as one word of the same length, so that no place moves. */
export function maskTags(source: string): string {
  if (!source.includes('{') || source.includes(open)) return source;
  // A fence that opens or closes inside a tag would end or begin code elsewhere.
  return source.replace(tags, (tag) =>
    /^\s*(```|~~~)/m.test(tag) ? tag : open + fill.repeat(tag.length - 1),
  );
}

/** The quoted word of a tag that a reader sees in its place, counted from 0. */
const shownWord: Record<string, number> = { slack_channel: 0, alert: 0, image: 1, image_with_class: 2 };

/** What a reader sees of a tag: a value as it is written, the words of a few tags, else nothing. */
function shown(tag: string): string {
  if (tag.startsWith('{{')) return tag;
  const name = /^\{%-?\s*([\w-]+)/.exec(tag)?.[1] ?? '';
  const word = shownWord[name];
  if (word === undefined) return '';
  const words = [...tag.matchAll(/"([^"]*)"|'([^']*)'/g)].map((match) => match[1] ?? match[2] ?? '');
  return words[word] ?? '';
}

/** A run of masked text as it is read: text without tags, code with them as they were written. */
export function unmaskRun(run: TextRun, source: string, kind: 'text' | 'code'): TextRun {
  if (!run.value.includes(open)) return run;
  let value = '';
  const offsets: number[] = [];
  let from = 0;
  const copy = (to: number) => {
    value += run.value.slice(from, to);
    offsets.push(...run.offsets.slice(from, to));
  };
  for (const match of run.value.matchAll(masked)) {
    copy(match.index);
    const at = run.offsets[match.index] ?? 0;
    const tag = source.slice(at, at + match[0].length);
    const text = kind === 'code' ? tag : shown(tag);
    value += text;
    offsets.push(...Array.from(text, (_, index) => at + (kind === 'code' ? index : 0)));
    from = match.index + match[0].length;
  }
  copy(run.value.length);
  offsets.push(run.offsets.at(-1) ?? 0);
  return { value, offsets };
}
