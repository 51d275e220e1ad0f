import { describe, expect, it } from 'vitest';
import { parseMarkdown } from '../../ingest/parse-markdown.ts';
import { plainText } from '../../ingest/plain-text.ts';
import { splitSentences } from '../../ingest/split-sentences.ts';

/** The sentences of one paragraph of Markdown, as plain text. */
function sentences(source: string): string[] {
  const parsed = parseMarkdown(source);
  const [paragraph] = parsed.tree.children;
  if (paragraph?.type !== 'paragraph') throw new Error('not a paragraph');
  return splitSentences(plainText(paragraph.children, parsed)).map(({ text }) => text);
}

describe('splitSentences', () => {
  it.each([
    ['Ask Dr. Smith, e.g. by mail, i.e. in writing.', 1],
    ['Meet J. K. Smith. Then go.', 2],
    ['Why does Person A have it but not Person B? You decide for Person B. You alone.', 3],
    ['Bring pens, paper, etc. for it. Bring pens, etc. Common records stay.', 3],
    ['The U.S. Digital Service is here. It is in the U.S. The office is big.', 3],
    ['Arrive at 9 a.m. Eastern. It ends at 5 p.m. There is cake.', 3],
    ['See No. 5 and p. 7. The answer is no. Go.', 3],
    ['It costs 3.50 dollars, or 2.0.1 of .NET in v1.2. Fine.', 2],
    ['She said "Stop. Wait." and left. “One. Two.” is quoted.', 2],
    ['One (see there. And here.) is one. Two [in. brackets] too.', 2],
    ['Read [the guide. Part 2](x.md). Run `npm run a. B` now.', 2],
    ['Is it so? Yes! It is… maybe. 1. is a number.', 4],
    ['A line\nthat wraps. Another\none.', 2],
    ['**Name:** A\\\n**Phone:** 5\\\nand more', 2],
    ['这是一个句子。第二句。', 2],
    ['Es ist z. B. so. Ende.', 2],
  ])('parts %j into %i', (source, count) => {
    expect(sentences(source)).toHaveLength(count);
  });

  it('gives what a reader sees', () => {
    expect(
      sentences('*One* `two`, [three](x "t") ![four](y)&nbsp;&amp; five[^1]<!-- six -->.\n\n[^1]: x'),
    ).toEqual(['One two, three four & five.']);
  });

  it('gives nothing for what holds no word', () => {
    expect(sentences('... ![](x.png) --- 🎉')).toEqual([]);
  });
});
