import { describe, expect, test } from 'vitest';
import { answersKind, definesSubject } from '../../../knowledge/quoted/answer-shape.ts';
import { foldVersions } from '../../../knowledge/quoted/retrieve.ts';
import type { RankedChunk } from '../../../knowledge/rank.ts';
import { sourceOf } from '../../../server/answer/sources.ts';
import { foundIn } from '../../server/answer/found-in.ts';

const features: RankedChunk['features'] = {
  specific: 0,
  bestSentence: 0,
  bestSpecific: 0,
  bm25: 0,
  bodyShare: 0,
  contextShare: 0,
  share: 0,
  sentenceShare: 0,
  headingPrecision: 0,
  sentences: 0,
};

function rankedOf(files: Readonly<Record<string, string>>): RankedChunk[] {
  const { passages } = foundIn(files, 'badge?');
  return passages.flatMap(({ chunks }) =>
    chunks.map((chunk) => ({ chunk, score: 0, features, sentences: [] })),
  );
}

describe('versions of one page', () => {
  const text = 'A lost badge is reported at the front desk before noon, and a new one costs five dollars.';

  test('fill one place, that of the best', () => {
    const files = Object.fromEntries(
      [1, 2, 3, 4, 5].map((n) => [
        `v${n}/badges.md`,
        `# Badges ${n}\n\n${text}${n === 3 ? ' Bring a photo.' : ''}\n`,
      ]),
    );
    const kept = foldVersions(
      rankedOf({ ...files, 'other.md': '# Other\n\nLaptops arrive by post in a box.\n' }),
    );
    expect(kept.map(({ chunk }) => chunk.path)).toEqual(['v1/badges.md', 'other.md']);
  });

  test('are not pages that share some words', () => {
    const files = {
      'a.md': `# A\n\n${text}\n`,
      'b.md': '# B\n\nA lost badge costs five dollars in the other town.\n',
    };
    expect(foldVersions(rankedOf(files))).toHaveLength(2);
  });
});

describe('a section read whole', () => {
  test('has a list that was cut for search in one block, in order', () => {
    const items = Array.from({ length: 80 }, (_, i) => `- item ${i} is to be brought to the front desk`);
    const source = `# Bring\n\nAll of this:\n\n${items.join('\n')}\n`;
    const [passage] = foundIn({ 'a.md': source }, 'item?').passages;
    expect(passage?.chunks.length).toBeGreaterThan(1);
    expect(passage?.blocks.map(({ kind }) => kind)).toEqual(['paragraph', 'list']);
    const list = passage?.blocks[1];
    expect(list?.units).toHaveLength(80);
    for (const { start, end, text } of list?.parts ?? []) expect(source.slice(start, end)).toBe(text);
  });
});

describe('a source as the reader is shown it', () => {
  test('has an address that a browser and Markdown take as it is', () => {
    const [passage] = foundIn(
      { 'on boarding/日本 (1).md': '# A\n\n## Größe & Maß\n\nText.\n' },
      'text',
    ).passages;
    if (!passage) throw new Error('nothing was cut');
    expect(sourceOf(passage, 3)).toMatchObject({
      n: 3,
      path: 'on boarding/日本 (1).md',
      url: '/docs/on%20boarding/%E6%97%A5%E6%9C%AC%20%281%29.md#gr%C3%B6%C3%9Fe--ma%C3%9F',
      headings: ['A', 'Größe & Maß'],
      excerpt: 'Text.',
      hash: expect.stringMatching(/^[0-9a-f]{64}$/),
    });
  });

  test('has no anchor above the first heading', () => {
    const [passage] = foundIn({ 'a.md': 'Only text.\n' }, 'text').passages;
    expect(passage && sourceOf(passage, 1).url).toBe('/docs/a.md');
  });

  test('is quoted at most 400 characters long, cut between words', () => {
    const [passage] = foundIn({ 'a.md': `# A\n\n${'some words here '.repeat(60)}\n` }, 'text').passages;
    const excerpt = passage ? sourceOf(passage, 1).excerpt : '';
    expect(excerpt.length).toBeLessThanOrEqual(400);
    expect(excerpt).toMatch(/\b(?:some|words|here)…$/);
  });
});

describe('the shape of an answer', () => {
  test.each([
    ['quantity', 'Badges cost five dollars.', 'Badges cost money.'],
    ['time', 'The desk opens on Monday.', 'The desk opens.'],
    ['person', 'Ask your manager.', 'Ask nicely.'],
    ['reason', 'Lock it because others look.', 'Lock it.'],
  ] as const)('%s', (kind, has, lacks) => {
    expect([answersKind(kind, has), answersKind(kind, lacks)]).toEqual([true, false]);
  });

  test.each([
    ['RMM', 'An RMM is software that watches devices.'],
    ['RMM', 'Remote monitoring and management (RMM) is software.'],
    ['MSPs', 'A managed service provider (MSP) is a company.'],
    ['SLA', 'SLA: a promise.'],
    ['C++ (lang)', 'C++ (lang) is a language.'],
  ])('%s is defined by %s', (subject, text) => {
    expect(definesSubject(subject, text)).toBe(true);
  });

  test.each([
    ['RMM', 'Many RMMs watch devices.'],
    ['RMM', 'The price of an RMM varies.'],
  ])('%s is not defined by %s', (subject, text) => {
    expect(definesSubject(subject, text)).toBe(false);
  });
});
