import type { RefObject } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';

/** What had the focus is gone from the page, or can't be used any more. */
function isLost(): boolean {
  const active = document.activeElement;
  return !active || active === document.body || active.matches(':disabled');
}

/**
 * Gives the focus to the field whenever it was lost as `changes` did: with a suggestion that was chosen, say. On a
 * touch screen the field would bring up the keyboard, over what there is to read, so it goes to the page itself.
 */
export function useChatFocus(
  page: RefObject<HTMLElement | null>,
  field: RefObject<HTMLTextAreaElement | null>,
  changes: readonly unknown[],
): void {
  const isFirst = useRef(true);
  useLayoutEffect(() => {
    const isLoad = isFirst.current;
    isFirst.current = false;
    if (page.current?.hidden || !isLost()) return;
    if (matchMedia('(hover: hover)').matches) field.current?.focus({ preventScroll: true });
    else if (!isLoad) page.current?.focus({ preventScroll: true });
  }, changes);
}
