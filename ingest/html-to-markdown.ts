import type { Element, Root } from 'hast';
import { defaultHandlers, type Handle } from 'hast-util-to-mdast';
import rehypeParse from 'rehype-parse';
import rehypeRemark from 'rehype-remark';
import remarkGfm from 'remark-gfm';
import remarkStringify from 'remark-stringify';
import { unified } from 'unified';
import { elements, idOf, mainContent, textOf } from './main-content.ts';
import { raisedText } from './raised-text.ts';

/** A page as Markdown; `starts` has the offset in the HTML at which each of its top-level blocks begins. */
export type HtmlAsMarkdown = { readonly source: string; readonly starts: readonly number[] };

const parser = unified().use(rehypeParse).freeze();
const raised: Handle = (state, element: Element) => {
  const text = raisedText(element);
  return text === undefined ? state.all(element) : { type: 'text', value: text };
};
const converter = unified()
  .use(rehypeRemark, {
    handlers: {
      // An anchor that is only a target stays one.
      a: (state, element: Element) => {
        const id = element.properties.href === undefined ? idOf(element) : undefined;
        if (id === undefined) return defaultHandlers.a(state, element);
        return [{ type: 'html', value: `<a id="${id}"></a>` }, ...state.all(element)];
      },
      img: (state, element: Element) =>
        /^data:/i.test(String(element.properties.src ?? ''))
          ? { type: 'text', value: String(element.properties.alt ?? '') }
          : defaultHandlers.img(state, element),
      sup: raised,
      sub: raised,
    },
  })
  .freeze();
const writer = unified()
  .use(remarkGfm, { tablePipeAlign: false })
  .use(remarkStringify, {
    bullet: '-',
    rule: '-',
    fences: true,
    listItemIndent: 'one',
    // Else these would read as tags of a site generator (see mask-tags.ts).
    unsafe: [{ character: '{', after: '[{%:]', inConstruct: 'phrasing' }],
  })
  .freeze();

/**
 * The Markdown of a page's main content, its `<title>` (and the audience that a `<meta>` names) as front matter.
 * Whatever the HTML, there is some Markdown; it is empty for a page that says nothing. Throws `RangeError`
 * when the page is nested too deeply.
 */
export function htmlToMarkdown(html: string): HtmlAsMarkdown {
  const page: Root = parser.parse(html);
  const title = titleOf(page);
  const audience = audienceOf(page);
  const content = mainContent(page);
  const heading = elements(content, 'h1')[0];
  const tree = converter.runSync(content);
  const body = writer.stringify(tree);
  const named = heading && textOf(heading);
  const fields = [
    ...(title && !isHeading(title, named) ? [`title: ${JSON.stringify(title)}`] : []),
    ...(audience ? [`audience: ${JSON.stringify(audience)}`] : []),
  ];
  const front = fields.length > 0 ? `---\n${fields.join('\n')}\n---\n\n` : '';
  const starts = tree.children.map((block) => block.position?.start.offset ?? 0);
  return { source: body.trim() === '' ? front : front + body, starts };
}

function titleOf(page: Root): string {
  const title = elements(page, 'title')[0];
  return title ? textOf(title) : '';
}

function audienceOf(page: Root): readonly string[] | undefined {
  const meta = elements(page, 'meta').find(
    ({ properties }) => String(properties.name).toLowerCase() === 'audience',
  );
  return (
    meta &&
    String(meta.properties.content ?? '')
      .split(',')
      .map((name) => name.trim())
  );
}

/** Whether a title is the heading, maybe with the site's name behind it. */
function isHeading(title: string, heading: string | undefined): boolean {
  if (!heading || !title.startsWith(heading)) return false;
  return /^$|^\s*[|·•–—:»-]/.test(title.slice(heading.length));
}
