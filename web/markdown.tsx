import type { Nodes, Parents, RootContent } from 'mdast';
import { type ComponentChildren, h, type VNode } from 'preact';
import { CodeBlock } from './markdown/code-block.tsx';
import { directionOf } from './markdown/direction-of.ts';
import { htmlWords } from './markdown/html-words.ts';
import { alignText, runOf, type TextRun } from './markdown/positions.ts';
import { gatherRaised } from './markdown/raised.ts';
import type { SafeLink } from './markdown/safe-link.ts';
import { texts } from './texts.ts';

/** How a text is drawn. Whatever isn't named in this file is left out or shown as text. */
export type Drawing = {
  /** The whole text as parsed, that offsets plus `base` point into. */
  readonly source: string;
  readonly base: number;
  /** The level at which a heading of a depth is drawn, so that the page's outline has no holes. */
  headingLevel(depth: number): number;
  /** A run as it is to be read, when what was parsed isn't. */
  readRun?(run: TextRun, kind: 'text' | 'code'): TextRun;
  /** Draws a run of text: the place for marks and citations. */
  drawText(run: TextRun): ComponentChildren;
  /** The id of a heading that begins at an offset of the source. */
  headingId?(offset: number): string | undefined;
  /** What stands beside a heading that begins at an offset of the source. */
  besideHeading?(offset: number): ComponentChildren;
  /** Checks a link that begins at an offset of the source; undefined shows only its text. */
  link(url: string, offset: number): SafeLink | undefined;
  /** The address of a reference-style link, by its identifier. */
  definition?(identifier: string): string | undefined;
};

/** Digits of a list item's number, at most, in CommonMark. */
const longestNumber = 9;

/** Draws one node of a Markdown tree: the one renderer, for documents and answers. */
export function drawNode(node: Nodes, drawing: Drawing): ComponentChildren {
  const inner = () => drawChildren(node, drawing);
  switch (node.type) {
    case 'text':
    case 'inlineCode':
    case 'code':
      return drawLiteral(node, drawing);
    case 'paragraph':
      return <p dir="auto">{inner()}</p>;
    case 'heading':
      return drawHeading(node, drawing);
    case 'emphasis':
      return <em>{inner()}</em>;
    case 'strong':
      return <strong>{inner()}</strong>;
    case 'delete':
      return <del>{inner()}</del>;
    case 'break':
      return <br />;
    case 'thematicBreak':
      return <hr />;
    case 'blockquote':
      return <blockquote dir={directionOf(node)}>{inner()}</blockquote>;
    case 'list':
      return node.ordered ? drawOrdered(node, drawing) : <ul dir={directionOf(node)}>{inner()}</ul>;
    case 'listItem':
      return drawItem(node, drawing);
    case 'table':
      return drawTable(node, drawing);
    case 'link':
      return drawLink(node.url, node, drawing);
    case 'linkReference':
      return drawLink(drawing.definition?.(node.identifier) ?? '', node, drawing);
    case 'image':
    case 'imageReference':
      return drawImage(node, drawing);
    case 'html':
      return drawHtml(node, drawing);
    case 'footnoteReference':
      return <sup>{node.label ?? node.identifier}</sup>;
    case 'footnoteDefinition':
      return (
        <div class="footnote" role="note">
          <sup>{node.label ?? node.identifier}</sup>
          {inner()}
        </div>
      );
    case 'root':
      return inner();
    default:
      return null;
  }
}

function isTight(node: Nodes): boolean {
  return node.type === 'listItem' && !node.spread;
}

function drawChildren(node: Nodes, drawing: Drawing): ComponentChildren[] {
  return 'children' in node ? drawAll(node.children, node, drawing) : [];
}

function drawAll(children: readonly Nodes[], node: Nodes, drawing: Drawing): ComponentChildren[] {
  return gatherRaised(children).map((child) => {
    if ('tag' in child) return h(child.tag, {}, drawAll(child.children, node, drawing));
    if (isTight(node) && child.type === 'paragraph') return drawChildren(child, drawing);
    const drawn = drawNode(child, drawing);
    const isBlock = node.type === 'root' || node.type === 'blockquote' || node.type === 'listItem';
    return child.type === 'html' && isBlock && drawn ? <p dir="auto">{drawn}</p> : drawn;
  });
}

function startOf(node: Nodes, drawing: Drawing): number {
  return drawing.base + (node.position?.start.offset ?? 0);
}

type Literal = Extract<RootContent, { type: 'text' | 'inlineCode' | 'code' }>;

function drawLiteral(node: Literal, drawing: Drawing): ComponentChildren {
  const parsed = runOf(node, drawing.source, drawing.base);
  const run = parsed && (drawing.readRun?.(parsed, node.type === 'text' ? 'text' : 'code') ?? parsed);
  const drawn = run ? drawing.drawText(run) : node.value;
  if (node.type === 'text') return drawn;
  if (node.type === 'inlineCode') return <code>{drawn}</code>;
  return (
    <CodeBlock text={run?.value ?? node.value} language={node.lang ?? undefined}>
      {drawn}
    </CodeBlock>
  );
}

function drawHeading(node: Extract<Nodes, { type: 'heading' }>, drawing: Drawing): VNode {
  const level = Math.min(6, drawing.headingLevel(node.depth));
  const id = drawing.headingId?.(startOf(node, drawing));
  const heading = h(`h${level}`, id ? { id, dir: 'auto' } : { dir: 'auto' }, drawChildren(node, drawing));
  const beside = drawing.besideHeading?.(startOf(node, drawing));
  if (!beside) return heading;
  return (
    <div class={`heading-row is-h${level}`}>
      {heading}
      {beside}
    </div>
  );
}

/**
 * An ordered list with the numbers that are written, where they rise: Markdown counts on from the first, and
 * would number what is left of a list that was quoted in part anew.
 */
function drawOrdered(node: Extract<Nodes, { type: 'list' }>, drawing: Drawing): VNode {
  const first = node.start ?? 1;
  const written = node.children.map((item) => numberAt(startOf(item, drawing), drawing.source));
  const rises = written.every((n, index) => index === 0 || n > (written[index - 1] ?? 0));
  return (
    <ol start={first} dir={directionOf(node)}>
      {node.children.map((item, index) => {
        const isNext = index === 0 || written[index] === (written[index - 1] ?? 0) + 1;
        return drawItem(item, drawing, rises && !isNext ? written[index] : undefined);
      })}
    </ol>
  );
}

/** The number of a list item that begins at an offset; NaN where none is written. */
function numberAt(offset: number, source: string): number {
  return Number.parseInt(source.slice(offset, offset + longestNumber), 10);
}

function drawItem(
  node: Extract<Nodes, { type: 'listItem' }>,
  drawing: Drawing,
  value?: number | undefined,
): VNode {
  const children = drawChildren(node, drawing);
  if (typeof node.checked !== 'boolean') {
    return <li value={value}>{children}</li>;
  }
  return (
    <li class="task" value={value}>
      <input
        type="checkbox"
        checked={node.checked}
        disabled
        aria-label={node.checked ? texts.markdown.done : texts.markdown.open}
      />
      {children}
    </li>
  );
}

function drawTable(node: Extract<Nodes, { type: 'table' }>, drawing: Drawing): VNode {
  const [head, ...rows] = node.children;
  const align = (column: number) => node.align?.[column] ?? undefined;
  const cells = (row: Parents | undefined, kind: 'th' | 'td') =>
    row?.children.map((cell, column) => {
      // A header cell without words heads nothing.
      const tag = 'children' in cell && cell.children.length > 0 ? kind : 'td';
      const className = align(column) ? `align-${align(column)}` : undefined;
      const scope = tag === 'th' ? 'col' : undefined;
      return h(tag, { class: className, scope, dir: directionOf(cell) }, drawChildren(cell, drawing));
    });
  return (
    // biome-ignore lint/a11y/useSemanticElements: a section would add a landmark for each table
    <div
      class="table-scroll"
      role="group"
      aria-label={texts.markdown.table}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region has to be reachable by keyboard
      tabIndex={0}
      dir={directionOf(node)}
    >
      <table>
        <thead>
          <tr>{cells(head, 'th')}</tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr>{cells(row, 'td')}</tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function drawLink(url: string, node: Nodes, drawing: Drawing): ComponentChildren {
  const link = drawing.link(url, startOf(node, drawing));
  const children = drawChildren(node, drawing);
  if (!link) return children;
  if (!link.external) return <a href={link.href}>{children}</a>;
  return (
    <a href={link.href} rel="noopener noreferrer nofollow" target="_blank">
      {children}
    </a>
  );
}

/** What an image shows; the image itself would be fetched from somewhere. */
function drawImage(
  node: Extract<Nodes, { type: 'image' | 'imageReference' }>,
  drawing: Drawing,
): ComponentChildren {
  if (!node.alt) return null;
  const start = startOf(node, drawing) + '!['.length;
  const end = drawing.base + (node.position?.end.offset ?? 0);
  return (
    <span class="image-alt">
      {texts.markdown.image} {drawing.drawText(alignText(node.alt, drawing.source, start, end))}
    </span>
  );
}

/** Only the words of HTML. */
function drawHtml(node: Extract<Nodes, { type: 'html' }>, drawing: Drawing): ComponentChildren {
  const words = htmlWords(node.value, drawing.source, startOf(node, drawing));
  if (words.every((run) => run.value.trim() === '')) return null;
  return words.map((run) => drawing.drawText(drawing.readRun?.(run, 'text') ?? run));
}
