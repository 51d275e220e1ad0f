import type { Nodes, Table, TableCell } from 'mdast';
import type { Parsed } from './parse.ts';
import type { TextRun } from './positions.ts';
import { joinRuns, runsIn } from './text-runs.ts';

/**
 * The rows of a document's tables as they are quoted: the header `Name, Name`, each other `Name: cell; Name: cell`.
 * A name that stands elsewhere has the place of its row.
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
  const [head = [], ...rows] = table.children.map(({ children, position }) => {
    const start = parsed.base + (position?.start.offset ?? 0);
    return children.map((cell) => ({ start, run: cellRun(cell, parsed, source) }));
  });
  const names = head.map(({ run }) => run.value.trim());
  return [
    separated(
      head.map(({ run }) => [run]),
      ', ',
    ),
    ...rows.map((cells) =>
      separated(
        cells.map(({ start, run }, column) => {
          const name = names[column]?.replace(/:$/, '') ?? '';
          const isNamed = name !== '' && name !== run.value.trim();
          return isNamed ? [runAt(start, `${name}: `), run] : [run];
        }),
        '; ',
      ),
    ),
  ];
}

function cellRun(cell: TableCell, parsed: Parsed, source: string): TextRun {
  return joinRuns(
    cell.children.flatMap((node) => runsIn(node, parsed, source)),
    '',
  );
}

/** The cells that hold words, each after its name, in one run. */
function separated(cells: readonly (readonly TextRun[])[], separator: string): TextRun {
  const filled = cells.filter((parts) => parts.at(-1)?.value.trim() !== '');
  const parts = filled.flatMap((runs, index) => {
    const before = filled[index - 1]?.at(-1);
    return before ? [runAt(before.offsets.at(-1) ?? 0, separator), ...runs] : runs;
  });
  return joinRuns(parts, '');
}

function runAt(offset: number, value: string): TextRun {
  return { value, offsets: Array.from({ length: value.length + 1 }, () => offset) };
}
