import type { Nodes } from 'mdast';
import { parseAnswer } from './parse.ts';

/** Another text in place of a range of a source. */
export type Edit = { readonly start: number; readonly end: number; readonly text: string };

/**
 * What has to be changed in an answer's Markdown so that it means elsewhere what is shown of it here: HTML is text,
 * an image its description, and no link is left but those that `linkTo` gives an address. `[1]` stays.
 */
export function inertEdits(
  markdown: string,
  linkTo: (url: string, offset: number) => string | undefined,
): Edit[] {
  const edits: Edit[] = [];
  const visit = (node: Nodes) => {
    const start = node.position?.start.offset ?? 0;
    const end = node.position?.end.offset ?? 0;
    if (node.type === 'image' || node.type === 'imageReference') {
      edits.push({ start, end, text: plainMarkdown(node.alt ?? '') });
      return;
    }
    if (node.type === 'text') edits.push(...escapes(markdown.slice(start, end), start));
    if (node.type === 'link') {
      const words = node.children.at(-1)?.position?.end.offset ?? start + 1;
      const address = linkTo(node.url, start);
      if (markdown[start] !== '[' && address === undefined) {
        edits.push({ start, end, text: codeOf(markdown.slice(start, end).replace(/^<|>$/g, '')) });
        return;
      }
      if (address === undefined)
        edits.push({ start, end: start + 1, text: '' }, { start: words, end, text: '' });
      else if (markdown[start] === '[') edits.push({ start: words, end, text: `](${address})` });
    }
    if ('children' in node) for (const child of node.children) visit(child);
  };
  visit(parseAnswer(markdown).root);
  return edits;
}

/** An address that is written out, as no link. */
function codeOf(address: string): string {
  return `\`${address.replaceAll('`', '%60')}\``;
}

/** `<`, and `[` unless a citation's, wherever they are not escaped as they are. */
function escapes(text: string, base: number): Edit[] {
  return [...text.matchAll(/\\[\s\S]|<|\[(?!\d{1,3}\])/g)].flatMap(({ 0: found, index }) =>
    found.startsWith('\\') ? [] : [{ start: base + index, end: base + index, text: '\\' }],
  );
}

/** Plain text, so that nothing in it reads as Markdown. */
export function plainMarkdown(text: string): string {
  return text.replace(/[\\`*_[\]<>|~]/g, '\\$&').replace(/\s+/g, ' ');
}

/** The source with its edits made; of two that overlap the first counts. */
export function withEdits(source: string, edits: readonly Edit[]): string {
  let text = '';
  let at = 0;
  for (const edit of [...edits].sort((a, b) => a.start - b.start || a.end - b.end)) {
    if (edit.start < at) continue;
    text += source.slice(at, edit.start) + edit.text;
    at = edit.end;
  }
  return text + source.slice(at);
}
