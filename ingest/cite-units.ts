import type { Nodes, Table } from 'mdast';
import type { Range, Sentence } from '../knowledge/document.ts';
import { type ParsedMarkdown, rangeOf } from './parse-markdown.ts';
import { plainHtml, plainText } from './plain-text.ts';
import { splitCode } from './split-code.ts';
import { sentenceAt, splitSentences } from './split-sentences.ts';

/** A unit that can be cited, not yet placed in a chunk. */
export type Unit = Omit<Sentence, 'block'>;

/** An item with more words than this is cited by its sentences. */
const LONG_ITEM_WORDS = 60;
const ALERT = /^\[!(?:NOTE|TIP|IMPORTANT|WARNING|CAUTION)\]\s*/i;

/**
 * The units of a block in document order: sentences, items' own text, table rows, code blocks. `fits` says
 * whether a range is small enough for a chunk: code that isn't is cut by lines, a sentence by words.
 */
export function citeUnits(block: Nodes, parsed: ParsedMarkdown, fits: (range: Range) => boolean): Unit[] {
  const walk = (node: Nodes, parent?: Nodes): Unit[] => {
    switch (node.type) {
      case 'paragraph':
      case 'heading':
        return paragraphUnits(node.children, parent);
      case 'html':
        return splitSentences(plainHtml(rangeOf(node), parsed), fits).map(asSentence);
      case 'code':
        return splitCode(node, parsed, fits).map((part) => ({ ...part, kind: 'code' }));
      case 'table':
        return tableUnits(node, parsed);
      default:
        return 'children' in node ? node.children.flatMap((child) => walk(child, node)) : [];
    }
  };

  const paragraphUnits = (nodes: readonly Nodes[], parent?: Nodes): Unit[] => {
    const plain = plainText(nodes, parsed);
    if (parent?.type === 'listItem') {
      const item = sentenceAt(plain, 0, plain.text.length);
      if (!item) return [];
      if (item.text.split(' ').length <= LONG_ITEM_WORDS && fits(item)) return [{ ...item, kind: 'item' }];
    }
    const mark = parent?.type === 'blockquote' ? ALERT.exec(plain.text)?.[0].length : undefined;
    return splitSentences(plain, fits, mark).map(asSentence);
  };
  return walk(block);
}

function asSentence(sentence: Omit<Unit, 'kind'>): Unit {
  return { ...sentence, kind: 'sentence' };
}

/** A row may end with spaces. */
function trimmed({ start, end }: Range, source: string): Range {
  return { start, end: start + source.slice(start, end).trimEnd().length };
}

/** A row reads `Header: cell; Header: cell`, so that it says by itself what its cells are. */
function tableUnits(table: Table, parsed: ParsedMarkdown): Unit[] {
  const [head, ...rows] = table.children.map((row) => ({
    range: trimmed(rangeOf(row), parsed.source),
    cells: row.children.map((cell) => plainText(cell.children, parsed).text.trim()),
  }));
  const names = head?.cells ?? [];
  const header: Unit[] = head
    ? [{ ...head.range, kind: 'header', text: names.filter((name) => name !== '').join(', ') }]
    : [];
  const body = rows.map(({ range, cells }): Unit => {
    const named = cells.flatMap((cell, column) => {
      if (cell === '') return [];
      const name = names[column]?.replace(/:$/, '') ?? '';
      return name === '' || name === cell ? [cell] : [`${name}: ${cell}`];
    });
    return { ...range, kind: 'row', text: named.join('; ') };
  });
  return [...header, ...body].filter((unit) => /[\p{L}\p{N}]/u.test(unit.text));
}
