const gap = 8;

/** Where a floating box stands in the window, in px. */
export type Place = { readonly top: number; readonly left: number };

/** Below the anchor where there is room (or above, when that is preferred), always inside the window. */
export function placeBeside(box: HTMLElement, anchor: Element, prefer: 'below' | 'above' = 'below'): Place {
  const at = anchor.getBoundingClientRect();
  const { offsetWidth: width, offsetHeight: height } = box;
  const below = at.bottom + gap;
  const above = at.top - gap - height;
  const fitsBelow = below + height <= window.innerHeight - gap;
  const goesBelow = prefer === 'below' ? fitsBelow : above < gap;
  const left = Math.min(at.left + at.width / 2 - width / 2, window.innerWidth - width - gap);
  return { top: goesBelow ? below : Math.max(gap, above), left: Math.max(gap, left) };
}
