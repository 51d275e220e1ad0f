import type { Nodes, Table, TableCell } from 'mdast';
import type { Parsed } from './parse.ts';
import type { TextRun } from './positions.ts';
import { joinRuns, runsIn } from './text-runs.ts';

/**
 * The rows of a document's tables as they are quoted: `Header: cell; Header: cell`. A header's name, which stands
 * elsewhere, has the place of its row.
 */
export function rowRuns(parsed: Parsed, source: string): TextRun[] {
  const rows: TextRun[] = [];
  const visit = (node: Nodes) => {
    if (node.type === 'table') rows.push(...rowsOf(node, parsed, source));
    else if ('children' in node) for (const child of node.children) visit(child);
  };
  visit(parsed.root);
  return rows;
}

function rowsOf(table: Table, parsed: Parsed, source: string): TextRun[] {
  const [head, ...rows] = table.children;
  const textOf = (cell: TableCell) =>
    joinRuns(
      cell.children.flatMap((node) => runsIn(node, parsed, source)),
      '',
    );
  const names = head?.children.map((cell) => textOf(cell).value.trim()) ?? [];
  return rows.map((row) => {
    const start = parsed.base + (row.position?.start.offset ?? 0);
    const parts = row.children.flatMap((node, column) => {
      const cell = textOf(node);
      if (cell.value.trim() === '') return [];
      const name = names[column]?.replace(/:$/, '') ?? '';
      const label = name === '' || name === cell.value.trim() ? '' : `${name}: `;
      return [placedAt(start, label), cell, placedAt(cell.offsets.at(-1) ?? start, ';')];
    });
    return joinRuns(parts.slice(0, -1), '');
  });
}

function placedAt(offset: number, value: string): TextRun {
  return { value, offsets: Array.from({ length: value.length + 1 }, () => offset) };
}
