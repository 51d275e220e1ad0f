/** Outlines on a 20 x 20 grid, drawn here so that nothing is loaded. */
const outlines = {
  ask: 'M10 16V4.5M5 9.5l5-5 5 5',
  back: 'M12.5 4.5 7 10l5.5 5.5',
  check: 'm4.5 10.5 3.5 3.5 7.5-8',
  close: 'm5 5 10 10M15 5 5 15',
  copy: 'M7.5 7.5h8v8h-8zM12.5 7.5v-3h-8v8h3',
  docs: 'M4 4.5h4.5A1.5 1.5 0 0 1 10 6v10a1.5 1.5 0 0 0-1.5-1.5H4zM16 4.5h-4.5A1.5 1.5 0 0 0 10 6v10a1.5 1.5 0 0 1 1.5-1.5H16z',
  down: 'm5 8 5 5 5-5',
  download: 'M10 4v8M6.5 8.5 10 12l3.5-3.5M4.5 15.5h11',
  edit: 'm4.5 15.5.6-3 8-8 2.4 2.4-8 8z',
  folder: 'M3.5 5.5h4.5l1.5 2h7v8h-13z',
  history: 'M4 10a6 6 0 1 0 2-4.5L4 7.2M4 4v3.2h3.2M10 7v3.3l2.2 1.4',
  link: 'M11.5 4.5H15.5V8.5M15.5 4.5 9 11M8.5 5.5h-4v10h10v-4',
  menu: 'M4 6h12M4 10h12M4 14h12',
  moon: 'M15.5 11.8A6 6 0 0 1 8.2 4.5a6 6 0 1 0 7.3 7.3z',
  next: 'M7.5 4.5 13 10l-5.5 5.5',
  leave: 'M12 4.5H4.5v11H12M8.5 10h8M13.5 7l3 3-3 3',
  plus: 'M10 4.5v11M4.5 10h11',
  retry: 'M15.5 10a5.5 5.5 0 1 1-1.8-4.1L15.5 7.5M15.5 4v3.5H12',
  search: 'M9 4a5 5 0 1 0 0 10A5 5 0 0 0 9 4zM12.7 12.7 16 16',
  auto: 'M10 4a6 6 0 1 0 0 12zM10 4a6 6 0 0 1 0 12',
  stop: 'M6 6h8v8H6z',
  sun: 'M10 7a3 3 0 1 0 0 6 3 3 0 0 0 0-6zM10 2.5v1.7M10 15.8v1.7M2.5 10h1.7M15.8 10h1.7M4.7 4.7l1.2 1.2M14.1 14.1l1.2 1.2M15.3 4.7l-1.2 1.2M5.9 14.1l-1.2 1.2',
  thumbDown: 'M7 11V4.5H4V11zM7 11l3 5.5c1 0 1.8-.8 1.8-1.8L11.4 12h4.1l-1.3-6.3A1.5 1.5 0 0 0 12.7 4.5H7',
  thumbUp: 'M7 9v6.5H4V9zM7 9l3-5.5c1 0 1.8.8 1.8 1.8L11.4 8h4.1l-1.3 6.3a1.5 1.5 0 0 1-1.5 1.2H7',
  trash: 'M4.5 6h11M8 6V4.5h4V6M6 6l.7 9.5h6.6L14 6M8.7 8.8v4M11.3 8.8v4',
  warning: 'M10 4 3.5 15.5h13zM10 8.5v3.2M10 13.6v.1',
} as const;

export type IconName = keyof typeof outlines;

/** A picture beside a label; a screen reader doesn't see it. */
export function Icon(props: { name: IconName; class?: string }) {
  return (
    <svg class={`icon ${props.class ?? ''}`} viewBox="0 0 20 20" aria-hidden="true" focusable="false">
      <path d={outlines[props.name]} />
    </svg>
  );
}
