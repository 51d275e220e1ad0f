/** What the widget says before the client's own words have come. */
export const words = {
  title: 'Ask the docs',
  greeting: 'What would you like to know?',
  close: 'Close',
  loading: 'Loading…',
  away: 'The docs can’t be reached',
  awayWhy: 'Docent is away, or this page doesn’t let its code in.',
  tryAgain: 'Try again',
  openDocent: 'Open in a new tab',
} as const;
