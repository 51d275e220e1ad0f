import { describe, expect, it } from 'vitest';
import { makeVerdictReader, type Verdict } from '../../../server/answer/read-verdicts.ts';

const read = (reply: string, size = reply.length): Verdict[] => {
  const reader = makeVerdictReader();
  const found: Verdict[] = [];
  for (let at = 0; at < reply.length; at += size) found.push(...reader.push(reply.slice(at, at + size)));
  return [...found, ...reader.flush()];
};
const YES = { claim: 1, supported: true, grounds: [{ n: 2, words: 'exact words here' }] };

describe('reading a checker’s reply', () => {
  it('takes JSON lines, also in fences, prose, an array or an object around them', () => {
    const line = '{"claim": 1, "supported": true, "grounds": [{"passage": 2, "quote": "exact words here"}]}';
    const no = '{"claim": 2, "supported": false}';
    for (const reply of [
      `${line}\n${no}`,
      `Sure! Here you are:\n\`\`\`json\n${line}\n${no}\n\`\`\`\nHope this helps {smile}.`,
      `[${line},\n${no}]`,
      `{"results": [${line}, ${no}]}`,
    ]) {
      expect(read(reply)).toEqual([YES, { claim: 2, supported: false, grounds: [] }]);
    }
  });

  it('gives the same whatever pieces it comes in, and each verdict once it is whole', () => {
    const reply =
      '{"claim":1,"supported":true,"grounds":[{"passage":2,"quote":"exact words here"}]} {"claim":2,"supported":false}';
    for (let size = 1; size < reply.length; size++) expect(read(reply, size)).toEqual(read(reply));
    const reader = makeVerdictReader();
    expect(reader.push(reply.slice(0, 90))).toEqual([YES]);
  });

  it('understands other names, labels in words, bare strings and trailing commas', () => {
    expect(
      read('{"id": "1", "verdict": "SUPPORTED", "evidence": "exact words here", "source": "[2]",}'),
    ).toEqual([YES]);
    expect(
      read('{"statement": 1, "status": "entailed", "quotes": ["exact\nwords here"], "passage": 2}'),
    ).toEqual([YES]);
    expect(read('{"claim": 1, "label": "not supported", "quote": "x"}')).toMatchObject([
      { supported: false },
    ]);
    expect(read('{"claim": 1, "supported": "true if read kindly"}')).toMatchObject([{ supported: false }]);
  });

  it('parts words with a gap', () => {
    expect(read('{"claim":1,"supported":true,"quote":"first words … last words"}')).toMatchObject([
      { grounds: [{ words: 'first words' }, { words: 'last words' }] },
    ]);
  });

  it('saves the whole verdicts of a reply that was cut off, and nothing of garbage', () => {
    expect(
      read(
        '{"results": [{"claim":1,"supported":true,"grounds":[{"passage":2,"quote":"exact words here"}]}, {"claim":2,"supp',
      ),
    ).toEqual([YES]);
    for (const garbage of ['', 'yes', '{{{{', '{"claim": }', '"}"{', '[1,2,3]', '{"a":{"b":[null,{}]}}']) {
      expect(read(garbage)).toEqual([]);
    }
  });
});
