const format = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium' });

/** A day as the reader's language writes it; the text itself when it is no date. */
export function showDate(iso: string): string {
  const time = Date.parse(iso);
  return Number.isNaN(time) ? iso : format.format(time);
}
