import type { Definition, Nodes, Root } from 'mdast';
import type { ComponentChildren } from 'preact';
import { useMemo } from 'preact/hooks';
import type { DocumentPage, SectionInfo } from '../../server/events.ts';
import { parseDocument } from '../markdown/parse.ts';
import { isPlainText, parseText } from '../markdown/parse-text.ts';
import { splitRun, type TextRun } from '../markdown/positions.ts';
import { safeLink } from '../markdown/safe-link.ts';
import { unmaskRun } from '../markdown/template-tags.ts';
import { drawNode } from '../markdown.tsx';

/** Words to mark in a document: a range of its source. `goal` is gone to, though it isn't the current quote. */
export type Highlight = {
  readonly start: number;
  readonly end: number;
  readonly current: boolean;
  readonly goal?: boolean;
};

/** A document drawn from its Markdown, with the ids of its sections and with words marked. */
export function DocumentView(props: {
  page: DocumentPage;
  highlights: readonly Highlight[];
  /** Added to the level of headings. */
  headingShift: number;
  /** Stands beside the heading of a section; the same function as long as the page is. */
  besideHeading?(section: SectionInfo): ComponentChildren;
}) {
  const { page, highlights, headingShift, besideHeading } = props;
  const parsed = useMemo(
    () => (isPlainText(page.path) ? parseText(page) : parseDocument(page.source)),
    [page],
  );
  return useMemo(() => {
    const definitions = definitionsOf(parsed.root);
    return (
      <>
        {drawNode(parsed.root, {
          source: parsed.text,
          base: parsed.base,
          headingLevel: (depth) => depth + headingShift,
          readRun: (run, kind) => unmaskRun(run, page.source, kind),
          drawText: (run) => drawMarks(run, highlights),
          headingId: (offset) => sectionAt(page, offset)?.anchor,
          besideHeading(offset) {
            const section = besideHeading && sectionAt(page, offset);
            return section && besideHeading(section);
          },
          link: (url) => safeLink(url, page.path),
          definition: (identifier) => definitions.get(identifier),
        })}
      </>
    );
  }, [parsed, page, highlights, headingShift, besideHeading]);
}

/** Addresses of reference-style links, which Markdown takes from anywhere; the first of a name counts. */
function definitionsOf(root: Root): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  const visit = (node: Nodes) => {
    if (node.type === 'definition') keep(node);
    else if ('children' in node) for (const child of node.children) visit(child);
  };
  const keep = (node: Definition) => {
    if (!found.has(node.identifier)) found.set(node.identifier, node.url);
  };
  visit(root);
  return found;
}

/** The section that begins with the heading at an offset. */
function sectionAt(page: DocumentPage, offset: number): SectionInfo | undefined {
  return page.sections.find(
    (section) =>
      section.level > 0 &&
      section.start <= offset &&
      offset < section.end &&
      page.source.slice(section.start, offset).trim() === '',
  );
}

function drawMarks(run: TextRun, highlights: readonly Highlight[]): ComponentChildren {
  return splitRun(run, highlights).map((piece) => {
    if (piece.inside.length === 0) return piece.text;
    const marks = piece.inside.map((index) => highlights[index]);
    const kind = marks.some((mark) => mark?.current)
      ? 'is-current'
      : marks.some((mark) => mark?.goal) && 'is-goal';
    return <mark class={kind || ''}>{piece.text}</mark>;
  });
}
