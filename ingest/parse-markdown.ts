import type { Node, Nodes, Root } from 'mdast';
import remarkFrontmatter from 'remark-frontmatter';
import remarkGfm from 'remark-gfm';
import remarkParse from 'remark-parse';
import { type Processor, unified } from 'unified';
import type { Range } from '../knowledge/document.ts';
import { looseHeading } from './loose-heading.ts';
import { type MaskedSource, maskTags } from './mask-tags.ts';

const BYTE_ORDER_MARK = '\uFEFF';

/** A document's tree; values of its nodes are of the masked source. */
export type ParsedMarkdown = {
  readonly source: string;
  readonly tree: Root;
  /** The tree and all nodes below it, in the order of the document. */
  readonly nodes: readonly Nodes[];
  readonly masked: MaskedSource;
  /** Plain text: its text nodes hold no escapes and references, and nothing in it is markup. */
  readonly literal?: boolean;
};

const parser = unified()
  .use(remarkParse)
  .use(remarkGfm)
  .use(remarkFrontmatter, ['yaml', 'toml'])
  .use(remarkLooseHeading)
  .freeze();

/** Markdown (GFM, front matter, template tags) as mdast. Never throws; offsets are those of `source`. */
export function parseMarkdown(source: string): ParsedMarkdown {
  const masked = maskTags(source);
  const tree = parser.parse(masked.text);
  const nodes = nodesIn(tree);
  if (source.startsWith(BYTE_ORDER_MARK)) shiftOffsets(nodes, BYTE_ORDER_MARK.length);
  return { source, tree, nodes, masked };
}

/**
 * A node and all below it, in the order of the document. `visit` does the same, but names a function for every node
 * that it comes to: eight walks of a document took as long as cutting it.
 */
export function nodesIn(node: Nodes, found: Nodes[] = []): Nodes[] {
  found.push(node);
  if ('children' in node) for (const child of node.children) nodesIn(child, found);
  return found;
}

/** Where a parsed node stands in the source. */
export function rangeOf(node: Node): Range {
  return { start: node.position?.start.offset ?? 0, end: node.position?.end.offset ?? 0 };
}

function remarkLooseHeading(this: Processor): undefined {
  const data = this.data();
  data.micromarkExtensions = [...(data.micromarkExtensions ?? []), looseHeading()];
}

/** Micromark drops a byte order mark and doesn't count it. */
function shiftOffsets(nodes: readonly Nodes[], by: number): void {
  for (const { type, position } of nodes) {
    for (const point of [position?.start, position?.end]) {
      if (point?.offset !== undefined && type !== 'root') point.offset += by;
    }
  }
}
