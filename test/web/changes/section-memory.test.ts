import { describe, expect, it } from 'vitest';
import type { DocumentPage, SectionState, Source } from '../../../server/events.ts';
import type { Loaded } from '../../../web/api/get-json.ts';
import { countChanges, keyOf } from '../../../web/changes/section-change.ts';
import { makeSectionMemory } from '../../../web/changes/section-memory.ts';
import type { Turn } from '../../../web/chat/conversation.ts';
import { documentFrom } from '../../browser/corpus.ts';

const version = 3;
const then = documentFrom(
  'a.md',
  '# A\n\n## Logs\n\nKeep logs for 30 days.\n\n## Keys\n\nTurn keys each year.\n',
);

/** The docs as they are, and what is asked of them. */
function serverOf(documents: readonly ReturnType<typeof documentFrom>[]) {
  const asked: string[] = [];
  const fine = <T>(value: T): Promise<Loaded<T>> => Promise.resolve({ ok: true, value });
  const page = (path: string): DocumentPage | undefined => {
    const found = documents.find((document) => document.path === path);
    return found && { ...found, version };
  };
  return {
    asked,
    documents: () => fine({ documents: documents.map((document) => ({ ...document })), version }),
    document(path: string): Promise<Loaded<DocumentPage>> {
      const found = page(path);
      return found ? fine(found) : Promise.resolve({ ok: false, error: { code: 'not_found', message: '' } });
    },
    section({ path, anchor, hash }: Pick<Source, 'path' | 'anchor' | 'hash'>): Promise<Loaded<SectionState>> {
      asked.push(`${path}#${anchor}`);
      const found = page(path);
      const section = found?.sections.find((each) => each.anchor === anchor);
      if (!found || !section) return fine({ status: 'gone', path, anchor, version });
      const text = found.source.slice(section.start, section.end);
      const status = section.hash === hash ? 'same' : 'changed';
      const { headings, start, changedAt } = section;
      return fine({ status, path, anchor, headings, text, start, changedAt, version });
    },
  };
}

/** A turn that cites a section of the document as it was, with one quote. */
function citing(anchor: string, quote: string, mode: 'quoted' | 'abstained' = 'quoted'): Turn {
  const section = then.sections.find((each) => each.anchor === anchor);
  if (!section) throw new Error(`No section ${anchor}`);
  const { headings, hash, changedAt } = section;
  const url = `/docs/a.md#${anchor}`;
  const source = { n: 1, path: 'a.md', anchor, headings, title: 'A', url, excerpt: quote, hash, changedAt };
  const start = then.source.indexOf(quote);
  const citations = [{ n: 1, quote, start, end: start + quote.length }];
  const claims = [{ start: 0, end: quote.length, status: 'quoted' as const, citations }];
  const done = { mode, score: 1, version, timings: {} };
  return {
    id: anchor,
    question: 'Q',
    answer: { status: 'done', text: quote, sources: [source], claims, done },
  };
}
const logs = citing('logs', 'Keep logs for 30 days.');
const keys = citing('keys', 'Turn keys each year.');
const keyOfTurn = (turn: Turn) => (turn.answer.sources[0] ? keyOf(turn.answer.sources[0]) : '');

describe('what the cited sections said', () => {
  it('is kept with its place, and each section asked for once', async () => {
    const server = serverOf([then]);
    const memory = makeSectionMemory({ api: server });
    const kept = await memory.remember([logs, keys, logs], {});
    expect(kept[keyOfTurn(logs)]).toEqual({
      text: '## Logs\n\nKeep logs for 30 days.\n\n',
      start: then.source.indexOf('## Logs'),
    });
    expect(await memory.remember([logs, keys], kept)).toBe(kept);
    expect(server.asked).toEqual(['a.md#logs', 'a.md#keys']);
  });

  it('is not kept when the section reads otherwise by then, nor asked for again', async () => {
    const server = serverOf([documentFrom('a.md', then.source.replace('30', '14'))]);
    const memory = makeSectionMemory({ api: server });
    const kept = await memory.remember([logs], {});
    expect([kept, await memory.remember([logs], kept), server.asked]).toEqual([{}, {}, ['a.md#logs']]);
  });

  it('is not kept of a section that is too long', async () => {
    const long = documentFrom('a.md', `## Logs\n\n${'word '.repeat(5_000)}`);
    const hash = long.sections[0]?.hash ?? '';
    const sources = logs.answer.sources.map((source) => ({ ...source, hash }));
    const memory = makeSectionMemory({ api: serverOf([long]) });
    expect(await memory.remember([{ ...logs, answer: { ...logs.answer, sources } }], {})).toEqual({});
  });

  it('is not kept of the nearest sections of an answer that isn’t one', async () => {
    const memory = makeSectionMemory({ api: serverOf([then]) });
    expect(await memory.remember([citing('logs', 'Keep logs for 30 days.', 'abstained')], {})).toEqual({});
  });
});

describe('what has become of the cited sections', () => {
  const turns = [logs, keys, logs];
  async function compare(...documents: ReturnType<typeof documentFrom>[]) {
    const server = serverOf(documents);
    const changes = await makeSectionMemory({ api: server }).compare(turns, {});
    return { changes: changes ?? new Map(), asked: server.asked };
  }

  it('is nothing as long as their text is the same, and then nothing more is asked', async () => {
    const { changes, asked } = await compare(documentFrom('a.md', `New first line.\n\n${then.source}`));
    expect([changes.size, asked]).toEqual([0, []]);
  });

  it('is told of each, and counted once', async () => {
    const { changes } = await compare(documentFrom('a.md', then.source.replace('30', '14')));
    expect(changes.get(keyOfTurn(logs))).toMatchObject({
      status: 'changed',
      text: expect.stringContaining('14'),
    });
    expect(countChanges(turns, changes)).toEqual({ all: 2, changed: 1, moved: 0, gone: 0 });
  });

  it('is a move when the quoted words stand under another heading', async () => {
    const { changes } = await compare(documentFrom('a.md', then.source.replace('## Logs', '## Records')));
    expect(changes.get(keyOfTurn(logs))).toMatchObject({ status: 'moved', anchor: 'records' });
  });

  it('is that they are gone when nothing of them is left', async () => {
    const { changes } = await compare(documentFrom('b.md', '# B\n'));
    expect(countChanges(turns, changes)).toEqual({ all: 2, changed: 0, moved: 0, gone: 2 });
  });
});
