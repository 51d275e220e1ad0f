import { mkdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { findFiles } from '../../ingest/find-files.ts';
import { readSource } from '../../ingest/read-file.ts';
import { DocentError } from '../../knowledge/errors.ts';
import { tempFolder } from './temp-folder.ts';

describe('findFiles', () => {
  it('finds docs of each kind at any depth, sorted, and nothing else', async () => {
    const docs = tempFolder({
      'b.md': '',
      'a b/ü 文.markdown': '',
      'a b/UPPER.MD': '',
      'notes.txt': '',
      'page.html': '',
      'parts/x.MDX': '',
      'robots.txt': '',
      'data.json': '',
      '.html': '',
      '.hidden/x.md': '',
      '.hidden.md': '',
      'node_modules/pkg/README.md': '',
    });
    const { files, failed } = await findFiles(docs);
    expect(files.map((file) => file.path)).toEqual([
      '.hidden.md',
      'a b/UPPER.MD',
      'a b/ü 文.markdown',
      'b.md',
      'notes.txt',
      'page.html',
      'parts/x.MDX',
    ]);
    expect(failed).toEqual([]);
  });

  it('follows links inside the folder only, finds each file once and ends loops', async () => {
    const outside = tempFolder({ 'secret.md': '', 'more/secret.md': '' });
    const docs = tempFolder({ 'real/a.md': '', '.shared/kept.md': '' });
    symlinkSync(docs, join(docs, 'loop'));
    symlinkSync(join(docs, 'real/a.md'), join(docs, 'again.md'));
    symlinkSync(join(docs, '.shared'), join(docs, 'shared'));
    symlinkSync(join(outside, 'secret.md'), join(docs, 'out.md'));
    symlinkSync(join(outside, 'more'), join(docs, 'out'));
    symlinkSync(join(docs, 'self.md'), join(docs, 'self.md'));
    symlinkSync(join(docs, 'nowhere'), join(docs, 'broken.md'));
    const { files, failed, skipped } = await findFiles(docs);
    expect(files.map((file) => file.path)).toEqual(['real/a.md', 'shared/kept.md']);
    expect(failed).toEqual([
      { path: 'broken.md', message: 'is gone, or a link to nothing' },
      { path: 'self.md', message: 'is a link that leads to itself' },
    ]);
    expect(skipped.map((file) => file.path)).toEqual(['out', 'out.md']);
  });

  it('names a missing or empty folder and the remedy', async () => {
    const docs = tempFolder({ 'notes.json': '' });
    await expect(findFiles(join(docs, 'none'))).rejects.toMatchObject({ code: 'docs_missing' });
    await expect(findFiles(join(docs, 'notes.json'))).rejects.toThrow(/notes\.json is not a folder/);
    await expect(findFiles(docs)).rejects.toThrow(/holds no \.md, .* or \.htm file\. .*DOCS_DIR/);
    await expect(findFiles(docs)).rejects.toBeInstanceOf(DocentError);
  });
});

describe('readSource', () => {
  const read = (docs: string, path: string) => readSource({ path, absolutePath: join(docs, path) });

  it('keeps a byte order mark, so that offsets hold', async () => {
    const docs = tempFolder({ 'bom.md': '\uFEFF# Höhe' });
    expect(await read(docs, 'bom.md')).toMatchObject({ ok: true, source: '\uFEFF# Höhe' });
  });

  it('says where a file stops being UTF-8', async () => {
    const docs = tempFolder({
      'latin.md': Buffer.from('One\nTwo: Stra\xDFe\nThree', 'latin1'),
      'cut.md': Buffer.from([0x61, 0xe2, 0x82]),
      'utf16.md': Buffer.from('\uFEFFhello', 'utf16le'),
    });
    const message = async (path: string) => {
      const result = await read(docs, path);
      return result.ok ? 'ok' : result.failed.message;
    };
    expect(await message('latin.md')).toBe('is not UTF-8 (line 2): save it as UTF-8');
    expect(await message('cut.md')).toBe('is not UTF-8 (line 1): save it as UTF-8');
    expect(await message('utf16.md')).toMatch(/^is not text \(it holds a NUL byte\)/);
  });

  it('reports a file that is gone or is a folder', async () => {
    const docs = tempFolder();
    mkdirSync(join(docs, 'folder.md'));
    expect(await read(docs, 'gone.md')).toMatchObject({ ok: false, failed: { path: 'gone.md' } });
    expect(await read(docs, 'folder.md')).toMatchObject({ ok: false, failed: { path: 'folder.md' } });
  });
});
