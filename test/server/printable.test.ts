import { expect, test } from 'vitest';
import { printable, printableJson } from '../../server/printable.ts';

const HOSTILE = 'a\u001b]0;title\u0007b\u001b[2Jc\u009b31md\u007fe\r\n\tf\u0000';

test('what a terminal takes for a command goes, all else stays', () => {
  expect(printable(HOSTILE)).toBe('a]0;titleb[2Jc31mde\n\tf');
  expect(printable('Größe → 👩‍💻 \u05d0')).toBe('Größe → 👩‍💻 \u05d0');
});

test('JSON keeps it, escaped', () => {
  const json = printableJson({ text: HOSTILE });
  expect(json).not.toMatch(/(?![\t\n])\p{Cc}/u);
  expect(JSON.parse(json)).toEqual({ text: HOSTILE });
});
