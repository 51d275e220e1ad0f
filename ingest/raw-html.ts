import type { Element } from 'hast';
import type { Html } from 'mdast';
import rehypeParse from 'rehype-parse';
import { unified } from 'unified';
import { visit } from 'unist-util-visit';

const parser = unified().use(rehypeParse, { fragment: true }).freeze();

/** HTML with its comments blanked; one that isn't closed goes on to the end. */
export function withoutComments(html: string): string {
  return html.replace(/<!--[\s\S]*?(?:-->|$)/g, (comment) => ' '.repeat(comment.length));
}

/** An element in a document's HTML; `at` is where it stands in that HTML. */
export type RawElement = { readonly element: Element; readonly at: number };

/** The elements of a piece of HTML that may be any part of one: a tag alone, or several blocks. */
export function rawElements({ value }: Pick<Html, 'value'>): RawElement[] {
  if (!/<[a-z]/i.test(value)) return [];
  const found: RawElement[] = [];
  // Of a table's parts alone the parser would keep only the text.
  const html = withoutComments(value).replace(
    /<(\/?)(?:table|thead|tbody|tfoot|tr|td|th|caption)\b/gi,
    (tag, close: string) => `<${close}p`.padEnd(tag.length, 'x'),
  );
  visit(parser.parse(html), 'element', (element) => {
    found.push({ element, at: element.position?.start.offset ?? 0 });
  });
  return found;
}
