import { describe, expect, it } from 'vitest';
import { isContentsList } from '../../knowledge/contents-list.ts';

describe('a table of contents', () => {
  it.each([
    '- [One](#one)\n- [Two](#two)',
    '## Contents\n\n1. [One](#one)\n   - [What’s new?](#whats-new)\n2. [Two (2)](#two-2)\n',
    'Contents\n========\n\nIn this guide:\n\n* [One](#one)\n* [Two](#two)',
  ])('is one: %j', (text) => {
    expect(isContentsList({ text })).toBe(true);
  });

  it.each([
    '- [One](#one)',
    '- [One](#one): what it is\n- [Two](#two): what that is',
    '- [Security](security.md)\n- [Leave](leave.md)',
    'See [One](#one).\n\nOr ask.\n\n- [One](#one)\n- [Two](#two)',
    '- One\n- Two',
    '',
  ])('is none: %j', (text) => {
    expect(isContentsList({ text })).toBe(false);
  });
});
