import { slug } from 'github-slugger';
import { HEADING_START } from '../loose-heading.ts';
import { rangeOf } from '../parse-markdown.ts';
import type { ParsedDocument } from '../parse-sections.ts';
import type { Rule, Spotted } from './finding.ts';

/** Headings whose anchors differ only by the number that is put behind: links to them break on reordering. */
export const duplicateHeading: Rule = ({ sections }) => {
  const first = new Map<string, number>();
  return sections.flatMap(({ level, headings, anchor, start }): Spotted[] => {
    const stem = slug(headings.at(-1) ?? '');
    if (level === 0 || stem === '' || !isGenerated(anchor, stem)) return [];
    const same = first.get(stem);
    if (same === undefined) {
      first.set(stem, start);
      return [];
    }
    const message = (lineOf: (at: number) => number) =>
      `has the same anchor stem "${stem}" as the heading in line ${lineOf(same)}: reword one of them`;
    return [{ at: start, rule: 'duplicate-heading', severity: 'warning', message }];
  });
};

/** An id written twice: only the first heading has it. */
export const repeatedId: Rule = ({ sections }) => {
  const first = new Map(sections.map(({ anchor, start }) => [anchor, start]));
  return sections.flatMap(({ id, anchor, start }): Spotted[] => {
    const same = id === undefined ? undefined : first.get(id);
    if (id === anchor || same === undefined || same >= start) return [];
    const message = (lineOf: (at: number) => number) =>
      `has the id #${id} of the heading in line ${lineOf(same)}, and is #${anchor} here: name it otherwise`;
    return [{ at: start, rule: 'repeated-id', severity: 'warning', message }];
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

const NO_SPACE = /^#{1,6}(?![# \t\r\n])(?=.)/gu;
/** Within a paragraph; a single # is more often a channel or a number. */
const SHOWN_AS_TEXT = new RegExp(`^[ \\t>]{0,8}#{2,6}${HEADING_START.source}`, 'gmu');

/** `##Heading`: most renderers show it as text. */
export const headingSpace: Rule = ({ parsed: { nodes, source } }) => {
  const spotted: Spotted[] = [];
  const message = 'a heading needs a space after its #, else most renderers show it as text';
  for (const node of nodes) {
    if (node.type !== 'heading' && node.type !== 'paragraph') continue;
    const { start, end } = rangeOf(node);
    const pattern = node.type === 'heading' ? NO_SPACE : SHOWN_AS_TEXT;
    for (const match of source.slice(start, end).matchAll(pattern)) {
      spotted.push({ at: start + match.index, rule: 'heading-space', severity: 'warning', message });
    }
  }
  return spotted;
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
