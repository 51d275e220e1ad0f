import { slug } from 'github-slugger';
import { visit } from 'unist-util-visit';
import { rangeOf } from '../parse-markdown.ts';
import type { ParsedDocument } from '../parse-sections.ts';
import type { Rule, Spotted } from './finding.ts';

/** Headings whose anchors differ only by the number that is put behind: links to them break on reordering. */
export const duplicateHeading: Rule = ({ parsed: { source }, sections }) => {
  const first = new Map<string, number>();
  return sections.flatMap(({ level, headings, anchor, start }): Spotted[] => {
    const stem = slug(headings.at(-1) ?? '');
    if (level === 0 || stem === '' || !isGenerated(anchor, stem)) return [];
    const line = first.get(stem);
    if (line === undefined) {
      first.set(stem, lineOf(source, start));
      return [];
    }
    const message = `has the same anchor stem "${stem}" as the heading in line ${line}: reword one of them`;
    return [{ at: start, rule: 'duplicate-heading', severity: 'warning', message }];
  });
};

/** A heading more than one level below the one above it. */
export const skippedLevel: Rule = ({ sections }) =>
  sections.flatMap(({ level, start }, index): Spotted[] => {
    const above = sections[index - 1]?.level ?? 0;
    if (above === 0 || level <= above + 1) return [];
    const message = `a level ${level} heading follows one of level ${above}: make it level ${above + 1}`;
    return [{ at: start, rule: 'skipped-level', severity: 'warning', message }];
  });

/** `##Heading`: most renderers show it as text. */
export const headingSpace: Rule = ({ parsed: { tree, source } }) => {
  const spotted: Spotted[] = [];
  const message = 'a heading needs a space after its #, else most renderers show it as text';
  visit(tree, (node) => {
    if (node.type !== 'heading' && node.type !== 'paragraph') return;
    const { start, end } = rangeOf(node);
    const pattern = node.type === 'heading' ? /^#{1,6}[^#\s]/ : /^#{2,6}\p{L}/gmu;
    for (const match of source.slice(start, end).matchAll(new RegExp(pattern, 'gmu'))) {
      spotted.push({ at: start + match.index, rule: 'heading-space', severity: 'warning', message });
    }
  });
  return spotted;
};

const COMMENT =
  /<!--[\s\S]*?-->|\{\/\*[\s\S]*?\*\/\s*\}|\{%-?\s*comment\s*-?%\}[\s\S]*?\{%-?\s*endcomment\s*-?%\}/g;
const HEADING_LINE = /^(?:<!--|\{\/\*)?[ \t]{0,3}#{1,6}[ \t]+\S/m;

/** A heading inside a comment: neither readers nor the index see what stands below it. */
export const hiddenHeading: Rule = ({ parsed: { tree, source } }) => {
  const code: { start: number; end: number }[] = [];
  visit(tree, (node) => {
    if (node.type === 'code' || node.type === 'inlineCode') code.push(rangeOf(node));
  });
  return [...source.matchAll(COMMENT)].flatMap((comment): Spotted[] => {
    const heading = HEADING_LINE.exec(comment[0]);
    const at = comment.index + (heading?.index ?? 0);
    if (!heading || code.some(({ start, end }) => comment.index >= start && comment.index < end)) return [];
    const message = 'a heading in a comment is not shown: take it out of the comment, or remove it';
    return [{ at, rule: 'hidden-heading', severity: 'warning', message }];
  });
};

/** Front matter that leaves it unclear whom the document is for; the ingest refuses it. */
export const unclearAudience: Rule = ({ frontMatter: { audienceFault } }: ParsedDocument) =>
  audienceFault === undefined ? [] : [{ at: 0, rule: 'audience', severity: 'error', message: audienceFault }];

/** Front matter that can't be read. */
export const brokenFrontMatter: Rule = ({ frontMatter: { fault } }: ParsedDocument) =>
  fault === undefined
    ? []
    : [
        {
          at: 0,
          rule: 'front-matter',
          severity: 'warning',
          message: `can't be read and is ignored: ${fault}`,
        },
      ];

/** Whether the anchor was made of the heading's text, and not written by hand. */
function isGenerated(anchor: string, stem: string): boolean {
  return anchor === stem || (anchor.startsWith(`${stem}-`) && /^\d+$/.test(anchor.slice(stem.length + 1)));
}

function lineOf(source: string, at: number): number {
  return source.slice(0, at).split(/\r\n|\n|\r/).length;
}
