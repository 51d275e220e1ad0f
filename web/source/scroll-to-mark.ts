/** Brings the current words of a document into view, or the heading when there are none. */
export function scrollToMark(root: Element | null, anchor: string): void {
  const mark = root?.querySelector('mark.is-current') ?? root?.querySelector('mark.is-goal');
  if (mark) mark.scrollIntoView({ block: 'center' });
  else if (anchor) root?.querySelector(`[id="${CSS.escape(anchor)}"]`)?.scrollIntoView({ block: 'start' });
}
