import { toString as plainString } from 'mdast-util-to-string';
import type { MaskedSource } from '../mask-tags.ts';
import { rangeOf } from '../parse-markdown.ts';
import type { ParsedSection } from '../parse-sections.ts';
import { withoutComments } from '../raw-html.ts';
import { commentsIn } from './comments.ts';
import type { Rule, Spotted } from './finding.ts';

/** A citation of a section longer than this, in words, doesn't tell where to look. */
const LONGEST_SECTION = 1000;

/** A heading with nothing under it, not even a deeper heading. */
export const emptySection: Rule = ({ sections, parsed: { masked } }) =>
  sections.flatMap((section, index): Spotted[] => {
    const next = sections[index + 1];
    const leadsOn = next !== undefined && next.level > section.level;
    if (
      section.level === 0 ||
      leadsOn ||
      section.nodes.some((node) => isContent(node) && !isUnseen(node, masked))
    )
      return [];
    const message = 'has nothing under its heading: write it, or remove it';
    return [{ at: section.start, rule: 'empty-section', severity: 'warning', message }];
  });

/** A section too long to be cited well. */
export const longSection: Rule = ({ sections }) =>
  sections.flatMap((section): Spotted[] => {
    const words = wordsIn(section);
    if (words <= LONGEST_SECTION) return [];
    const at = section.nodes[0] ? rangeOf(section.nodes[0]).start : section.start;
    const message = `is ${words} words long, too long to cite well: part it by headings (at most ${LONGEST_SECTION})`;
    return [{ at, rule: 'long-section', severity: 'warning', message }];
  });

/** Whether a block holds nothing but comments, or the anchor of the heading below it. */
function isUnseen(node: ParsedSection['nodes'][number], masked: MaskedSource): boolean {
  if (node.type === 'html') {
    return (
      withoutComments(node.value)
        .replace(/<a\s[^<>]*>\s*<\/a>/gi, '')
        .trim() === ''
    );
  }
  if (node.type !== 'paragraph') return false;
  const { start, end } = rangeOf(node);
  const written = masked.unmask(masked.text.slice(start, end));
  let rest = '';
  let at = 0;
  for (const comment of commentsIn(written)) {
    rest += written.slice(at, comment.start);
    at = comment.end;
  }
  return (rest + written.slice(at)).replace(/<a\s[^<>]*>\s*<\/a>|&nbsp;/gi, '').trim() === '';
}

function isContent({ type }: ParsedSection['nodes'][number]): boolean {
  return !['heading', 'definition', 'yaml', 'thematicBreak'].includes(type);
}

function wordsIn({ nodes }: ParsedSection): number {
  return nodes.filter(isContent).reduce((sum, node) => sum + countWords(plainString(node)), 0);
}

function countWords(text: string): number {
  return text.match(/[\p{L}\p{N}]+/gu)?.length ?? 0;
}
