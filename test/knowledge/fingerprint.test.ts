import { expect, test } from 'vitest';
import { describeDifference, shortHash } from '../../knowledge/fingerprint.ts';

const fingerprint = { embedder: 'e5', dimensions: 384, chunker: 'sections-1/256' };

test('an index made the same way differs in nothing', () => {
  expect(describeDifference({ ...fingerprint }, fingerprint)).toBeUndefined();
  expect(shortHash({ ...fingerprint })).toBe(shortHash(fingerprint));
  expect(shortHash(fingerprint)).toMatch(/^[0-9a-f]{8}$/);
});

test('each thing that differs is said, what was found first', () => {
  const found = { embedder: 'ada', dimensions: 1536, chunker: 'sections-0/256' };
  expect(describeDifference(found, fingerprint)).toBe(
    'embedding model "ada" instead of "e5", 1536 dimensions instead of 384, ' +
      'chunker "sections-0/256" instead of "sections-1/256"',
  );
  for (const [name, value] of Object.entries(found)) {
    const changed = { ...fingerprint, [name]: value };
    expect(describeDifference(changed, fingerprint)).toBeDefined();
    expect(shortHash(changed)).not.toBe(shortHash(fingerprint));
  }
});
