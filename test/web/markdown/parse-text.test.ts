import { describe, expect, it } from 'vitest';
import { cutDocument } from '../../../ingest/cut-document.ts';
import { parseText } from '../../../web/markdown/parse-text.ts';

describe('a text file in the reader', () => {
  it('has its headings, paragraphs and lines, each where it stands in the file', () => {
    const source = '\nIntro *as is*.\n\nTitle\n=====\nOne & two\n  - three\r\n\r\n[four](x)\n';
    const { document } = cutDocument({ path: 'a.txt', source, changedAt: '', countTokens: () => 1 });
    const { root } = parseText(document);
    const shown = root.children.map((block) => {
      if (block.type !== 'paragraph' && block.type !== 'heading') return block.type;
      return [
        block.type,
        ...block.children.map((node) => {
          const { start, end } = node.position ?? {};
          return node.type === 'text' ? source.slice(start?.offset, end?.offset) : node.type;
        }),
      ];
    });
    expect(shown).toEqual([
      ['paragraph', 'Intro *as is*.'],
      ['heading', 'Title'],
      ['paragraph', 'One & two', 'break', '  - three'],
      ['paragraph', '[four](x)'],
    ]);
  });
});
