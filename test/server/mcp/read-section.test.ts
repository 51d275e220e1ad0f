import { describe, expect, test } from 'vitest';
import { cutDocument } from '../../../ingest/cut-document.ts';
import { readSectionOutput } from '../../../server/contract/tools.ts';
import { readSection } from '../../../server/mcp/read-section.ts';
import { countWords } from '../../ingest/count-words.ts';
import { silentLog } from '../app-deps.ts';
import { fakeStore } from '../fake-store.ts';

const SOURCE = `Before.

# Guide

Intro.

## Setup

First.

### On Linux

Second.

## Usage

Third.
`;

function read(source: string, anchor?: string) {
  const changedAt = '2025-01-02T03:04:05.000Z';
  const { document } = cutDocument({ path: 'guide.md', source, changedAt, countTokens: countWords });
  const door = {
    store: fakeStore([document]),
    audiences: 'all' as const,
    log: silentLog,
    answer: async function* () {},
    search: () => Promise.reject(new Error('not searched')),
  };
  return readSection({ path: 'guide.md', anchor }, door);
}

async function structured(source: string, anchor?: string) {
  return readSectionOutput.parse((await read(source, anchor)).structured);
}

describe('read_section', () => {
  test('gives a section with what stands below its heading, and where', async () => {
    const setup = await structured(SOURCE, 'setup');
    expect(setup.text).toBe('## Setup\n\nFirst.\n\n### On Linux\n\nSecond.\n\n');
    expect(setup).toMatchObject({
      line: 7,
      headings: ['Guide', 'Setup'],
      url: 'docent://docs/guide.md#setup',
    });
    expect(setup.sections).toEqual([
      { anchor: 'setup', headings: ['Guide', 'Setup'], line: 7 },
      { anchor: 'on-linux', headings: ['Guide', 'Setup', 'On Linux'], line: 11 },
    ]);
  });

  test('the last section goes to the end; text above the first heading stands alone', async () => {
    expect((await structured(SOURCE, 'usage')).text).toBe('## Usage\n\nThird.\n');
    expect((await structured(SOURCE, '')).text).toBe('Before.\n\n');
  });

  test('without an anchor: the whole document with its sections', async () => {
    const whole = await structured(SOURCE);
    expect(whole).toMatchObject({
      text: SOURCE,
      anchor: '',
      headings: [],
      line: 1,
      url: 'docent://docs/guide.md',
    });
    expect(whole.sections.map(({ anchor }) => anchor)).toEqual(['', 'guide', 'setup', 'on-linux', 'usage']);
    expect(whole).not.toHaveProperty('cut');
  });

  test('what is too long is cut, and the sections to read instead are named', async () => {
    const { structured: given, text } = await read(
      `# Long\n\n${'word '.repeat(10_000)}\n\n## Next\n\nHere.\n`,
    );
    expect(readSectionOutput.parse(given)).toMatchObject({ cut: true });
    expect(text).toMatch(/\(There is more\. Read its sections one by one: long, next\)$/);
  });
});
