import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { makeAnswerBlocks } from '../../../web/markdown/answer-blocks.ts';

const answer = [
  '# Title [1]\n\nA paragraph with **bold** [2].\nIts second line.\n\n',
  '- one\n- two\n\n  more of two\n\n1. a\n2. b\n\n> quote\nlazy line\n\n',
  '```js\nlet a;\n\nlet b;\n```\n\n| a | b |\n| - | - |\n| 1 | 2 |\n\nSetext\n===\n\n[1]: not a definition\n\nEnd',
].join('');

function outline(blocks: ReturnType<ReturnType<typeof makeAnswerBlocks>>): unknown[] {
  return blocks.map(({ node, base }) => [
    node.type,
    base + (node.position?.start.offset ?? 0),
    base + (node.position?.end.offset ?? 0),
  ]);
}

const whole = outline(makeAnswerBlocks()(answer));

describe('makeAnswerBlocks', () => {
  it('comes to the same blocks however the answer is cut into deltas', () => {
    const cuts = fc.array(fc.integer({ min: 0, max: answer.length }), { maxLength: 60 });
    fc.assert(
      fc.property(cuts, (at) => {
        const blocksOf = makeAnswerBlocks();
        for (const cut of at.sort((a, b) => a - b)) blocksOf(answer.slice(0, cut));
        expect(outline(blocksOf(answer))).toEqual(whole);
      }),
    );
  });

  it('keeps the object of a block that is finished', () => {
    const blocksOf = makeAnswerBlocks();
    const [first] = blocksOf('One.\n\nTwo');
    expect(blocksOf('One.\n\nTwo, longer.\n\nThree')[0]).toBe(first);
  });

  it('starts over when the text is another one', () => {
    const blocksOf = makeAnswerBlocks();
    blocksOf('One.\n\nTwo.\n\nThree');
    expect(outline(blocksOf('Other'))).toEqual([['paragraph', 0, 5]]);
  });
});
