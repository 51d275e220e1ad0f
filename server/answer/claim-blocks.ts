import type { Range } from '../../knowledge/document.ts';

/** A paragraph or a list item's text, a table row, or a fenced code block. Offsets in the whole answer. */
export type AnswerBlock = Range & {
  readonly kind: 'text' | 'item' | 'row' | 'code';
  readonly text: string;
  /** Nothing can be added to it any more. */
  readonly closed: boolean;
};

export type BlockReader = {
  /** The answer so far. */
  readonly text: string;
  push(delta: string): void;
  /** Closed blocks since the last call, and the open paragraph, which may come again. */
  read(last: boolean): AnswerBlock[];
};

const FENCE = /^[ \t>]*(?:[-*+]\s+|\d{1,3}[.)]\s+)?(`{3,}|~{3,})/;
const HEADING = /^ {0,3}#{1,6}(?:\s|$)/;
const RULE = /^ {0,3}(?:([-*_])[ \t]*(?:\1[ \t]*){2,}|=+)$/;
const ITEM = /^[ \t>]*(?:[-*+•]|\d{1,3}[.)])[ \t]+(?:\[[ xX]\][ \t]+)?/;
const TABLE_LINE = /^[ \t]*\|.*\|[ \t]*$/;
const TABLE_RULE = /^[ \t]*\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*\|?[ \t]*$/;
/** The start of a line that may still turn out to be something else than a paragraph's text. */
const MARK = /^[ \t>]*(?:[-*+•]|\d{1,3}[.)]?|#{1,6}|`{1,}|~{1,}|\|.*|[-*_= \t]*)?[ \t]*$/;

type Line = Range & { readonly text: string; readonly complete: boolean };

/** Cuts Markdown into blocks while it is being written. */
export function makeBlockReader(): BlockReader {
  let text = '';
  let lineStart = 0;
  let paragraph: (Range & { readonly kind: 'text' | 'item' }) | undefined;
  let fence: { readonly mark: string; readonly start: number } | undefined;
  /** A table line whose successor decides whether it is a header. */
  let row: Line | undefined;
  let out: AnswerBlock[] = [];

  const put = (kind: AnswerBlock['kind'], { start, end }: Range, closed: boolean): void => {
    out.push({ kind, start, end, text: text.slice(start, end), closed });
  };
  const closeParagraph = (): void => {
    if (paragraph) put(paragraph.kind, paragraph, true);
    paragraph = undefined;
  };
  const closeRow = (): void => {
    if (row) put('row', row, true);
    row = undefined;
  };
  const close = (): void => {
    closeParagraph();
    closeRow();
  };

  const take = (line: Line): void => {
    if (fence) {
      if (!line.text.trim().startsWith(fence.mark)) return;
      put('code', { start: fence.start, end: line.end }, true);
      fence = undefined;
      return;
    }
    const opened = FENCE.exec(line.text)?.[1];
    if (opened) {
      close();
      fence = { mark: opened, start: line.start };
    } else if (TABLE_LINE.test(line.text) && TABLE_RULE.test(line.text)) {
      row = undefined;
      closeParagraph();
    } else if (TABLE_LINE.test(line.text)) {
      close();
      row = line;
    } else if (line.text.trim() === '' || HEADING.test(line.text) || RULE.test(line.text)) {
      close();
    } else {
      closeRow();
      const item = ITEM.exec(line.text)?.[0].length ?? 0;
      if (item > 0) closeParagraph();
      const kind = paragraph?.kind ?? (item > 0 ? 'item' : 'text');
      paragraph = { kind, start: paragraph?.start ?? line.start + item, end: line.end };
    }
  };

  return {
    get text() {
      return text;
    },
    push(delta) {
      text += delta;
    },
    read(last) {
      out = [];
      for (let end = text.indexOf('\n', lineStart); end >= 0; end = text.indexOf('\n', lineStart)) {
        take({ start: lineStart, end, text: text.slice(lineStart, end), complete: true });
        lineStart = end + 1;
      }
      const rest = text.slice(lineStart);
      if (last) {
        if (rest !== '') take({ start: lineStart, end: text.length, text: rest, complete: true });
        if (fence) put('code', { start: fence.start, end: text.length }, true);
        close();
        lineStart = text.length;
      } else if (!fence && !MARK.test(rest) && !HEADING.test(rest) && !FENCE.test(rest)) {
        openParagraph(rest);
      } else if (paragraph && !fence && rest.trim() === '') {
        put(paragraph.kind, paragraph, false);
      }
      return out;
    },
  };

  /** Shows the paragraph with its unfinished line without taking the line in. */
  function openParagraph(rest: string): void {
    const item = ITEM.exec(rest)?.[0].length ?? 0;
    if (item > 0) closeParagraph();
    closeRow();
    const start = paragraph?.start ?? lineStart + item;
    put(paragraph?.kind ?? (item > 0 ? 'item' : 'text'), { start, end: text.length }, false);
  }
}
