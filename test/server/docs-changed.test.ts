import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Snapshot } from '../../knowledge/snapshot.ts';
import { docsChanged } from '../../server/docs-changed.ts';
import { documentOf, fakeStore } from './fake-store.ts';

let folder: string;
let snapshot: Snapshot;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'docent-changed-'));
  const document = documentOf('rmm.md', 'RMM', 'It watches.');
  await writeFile(join(folder, 'rmm.md'), document.source);
  const hash = createHash('sha256').update(document.source).digest('hex');
  // Made before the files: only what they hold can tell that nothing has changed.
  snapshot = await fakeStore([{ ...document, hash }]).current();
});
afterEach(() => rm(folder, { recursive: true }));

describe('whether the docs have changed', () => {
  test('not when each file holds what the index knows, however new it looks', async () => {
    expect(await docsChanged(folder, snapshot)).toBe(false);
  });

  test('not when nothing has been touched since the index was made', async () => {
    const later: Snapshot = {
      ...snapshot,
      createdAt: '2999-01-01T00:00:00.000Z',
      document: () => Promise.reject(),
    };
    expect(await docsChanged(folder, later)).toBe(false);
  });

  test('when a file holds other words, also under an old modification time', async () => {
    await writeFile(join(folder, 'rmm.md'), '# RMM\n');
    await utimes(join(folder, 'rmm.md'), new Date(0), new Date(0));
    expect(await docsChanged(folder, snapshot)).toBe(true);
  });

  test('when a file has come, in whatever folder that is read', async () => {
    await mkdir(join(folder, '.git'));
    await writeFile(join(folder, '.git', 'notes.md'), 'x');
    await writeFile(join(folder, 'picture.png'), 'x');
    expect(await docsChanged(folder, snapshot)).toBe(false);
    await mkdir(join(folder, 'deep'));
    await writeFile(join(folder, 'deep', 'new.md'), 'x');
    expect(await docsChanged(folder, snapshot)).toBe(true);
  });

  test('when a file or the folder has gone', async () => {
    await rm(join(folder, 'rmm.md'));
    expect(await docsChanged(folder, snapshot)).toBe(true);
    expect(await docsChanged(join(folder, 'none'), snapshot)).toBe(true);
  });
});
