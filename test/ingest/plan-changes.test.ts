import { expect, test } from 'vitest';
import { toInt8 } from '../../ingest/embed-rows.ts';
import { identifyChunk, planChanges } from '../../ingest/plan-changes.ts';
import type { Chunk } from '../../knowledge/document.ts';

const chunk: Chunk = {
  path: 'a.md',
  title: 'A',
  section: 0,
  sectionHash: 'h',
  anchor: 'a',
  headings: ['A'],
  start: 5,
  end: 9,
  text: 'One.',
  blocks: [{ kind: 'paragraph', start: 5, end: 9 }],
  sentences: [{ kind: 'sentence', block: 0, start: 5, end: 9, text: 'One.' }],
  changedAt: '2026-01-05T08:00:00.000Z',
  audience: [],
};
const identify = (change: Partial<Chunk>) => identifyChunk({ ...chunk, ...change }, 'model');
const row = identify({});

test('the same chunk has the same hashes', () => {
  expect(identify({})).toEqual(row);
  expect(row.id).toMatch(/^[0-9a-f]{32}$/);
});

test('a chunk that moved has another id and the same vectors', () => {
  for (const change of [
    { path: 'b.md' },
    { audience: ['hr'] },
    { start: 6, end: 10 },
    { section: 1 },
    { anchor: 'b' },
    { changedAt: '' },
  ]) {
    const moved = identify(change);
    expect(moved.id).not.toBe(row.id);
    expect(moved.embedHash).toBe(row.embedHash);
  }
});

test('other words, another heading or another model mean other vectors', () => {
  const other = [{ kind: 'sentence', block: 0, start: 5, end: 9, text: 'Two.' } as const];
  const hashes = [
    row,
    identify({ sentences: other }),
    identify({ headings: ['B'] }),
    identifyChunk(chunk, 'x'),
  ];
  expect(new Set(hashes.map(({ embedHash }) => embedHash)).size).toBe(4);
});

test('each wanted chunk is kept, takes vectors from another row, or is embedded', () => {
  const moved = identify({ path: 'b.md' });
  const fresh = identify({ title: 'New', path: 'c.md' });
  const twin = identify({ title: 'New', path: 'd.md' });
  const gone = identify({ title: 'Gone', path: 'e.md' });
  const failed = identify({ title: 'Failed', path: 'f.md' });
  const plan = planChanges([row, gone, failed]);
  expect(plan.place([row, moved])).toEqual({ kept: 1, reuse: [{ row: moved, from: row.id }], embed: [] });
  expect(plan.place([fresh])).toEqual({ kept: 0, reuse: [], embed: [fresh] });
  expect(plan.place([twin])).toEqual({ kept: 0, reuse: [{ row: twin, from: fresh.id }], embed: [] });
  plan.keepPath('f.md');
  expect(plan.obsolete()).toEqual([gone.id]);
});

test('a vector as bytes keeps its direction', () => {
  expect([...toInt8(Float32Array.of(1, -1, 0, 0.5))]).toEqual([127, -127, 0, 64]);
});
