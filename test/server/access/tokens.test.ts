import { describe, expect, it } from 'vitest';
import { sha256 } from '../../../knowledge/sha256.ts';
import { lineOf, makeToken, parseTokens } from '../../../server/access/tokens.ts';

const hash = sha256('docent_secret');

describe('the file of access tokens', () => {
  it('holds a name, the hash and the audiences of each token, with comments between', () => {
    const text = `# people\n\nann:${hash}:hr, it\r\nbot:${sha256('b')}\nowner:${sha256('c')}:*\n`;
    expect(parseTokens(text, 'tokens')).toEqual([
      { name: 'ann', hash, audiences: ['hr', 'it'] },
      { name: 'bot', hash: sha256('b'), audiences: [] },
      { name: 'owner', hash: sha256('c'), audiences: 'all' },
    ]);
  });

  it('gives back what it reads', () => {
    const tokens = parseTokens(`ann:${hash}:hr,it\nowner:${sha256('c')}:*`, 'tokens');
    expect(parseTokens(tokens.map(lineOf).join('\n'), 'tokens')).toEqual(tokens);
  });

  it.each([
    ['docent_secret', 'Line 2 of tokens is not NAME:SHA256:AUDIENCES'],
    ['ann:docent_secret:hr', 'Line 2 of tokens is not NAME:SHA256:AUDIENCES'],
    [`ann:${hash}`, 'Line 2 of tokens names "ann" again'],
  ])('names the line of %j, and not what stands there', (line, message) => {
    const read = () => parseTokens(`ann:${hash}\n${line}`, 'tokens');
    expect(read).toThrow(message);
    expect(read).not.toThrow('secret');
  });

  it('makes tokens that nobody guesses', () => {
    const made = new Set(Array.from({ length: 100 }, makeToken));
    expect(made.size).toBe(100);
    for (const token of made) expect(token).toMatch(/^docent_[\w-]{43}$/);
  });
});
