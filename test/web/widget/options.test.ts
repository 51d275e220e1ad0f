import { expect, it } from 'vitest';
import { readOptions } from '../../../web/widget/options.ts';

const src = 'https://docs.example:8443/widget.js?v=1';

it('asks the origin that the script came from, and has words for all that isn’t given', () => {
  expect(readOptions(src, {})).toEqual({
    origin: 'https://docs.example:8443',
    title: 'Ask the docs',
    greeting: 'What would you like to know?',
    position: 'right',
    theme: 'auto',
    accent: undefined,
    open: false,
    token: undefined,
  });
});

it('takes what it knows, and nothing else', () => {
  const data = { title: ' Help ', greeting: ' ', position: 'left', theme: 'dark', open: '', token: ' t ' };
  expect(readOptions(src, data)).toMatchObject({
    title: 'Help',
    greeting: 'What would you like to know?',
    position: 'left',
    theme: 'dark',
    open: true,
    token: 't',
  });
  const odd = { position: 'middle', theme: 'blue', accent: 'blue', open: 'false' };
  expect(readOptions(src, odd)).toMatchObject({
    position: 'right',
    theme: 'auto',
    accent: undefined,
    open: false,
  });
});
