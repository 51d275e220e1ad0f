import { expect, it } from 'vitest';
import { inPixels } from '../../../web/widget/style-sheet.ts';

it('lengths of the page’s root become those of the reader, and nothing else changes', () => {
  expect(inPixels('a{width:min(26rem,100vw);margin:-.5rem 1.25rem;--premium:1remark}', 20)).toBe(
    'a{width:min(520px,100vw);margin:-10px 25px;--premium:1remark}',
  );
});
