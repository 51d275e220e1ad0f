const number = new Intl.NumberFormat();
const times = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'medium' });

/** A count and its noun, as the reader's language writes numbers. */
function many(n: number, one: string, more: string): string {
  return `${number.format(n)} ${n === 1 ? one : more}`;
}

/** Every word of the status page that the server doesn't say. */
export const words = {
  title: 'Status',
  loading: 'Loading …',
  states: {
    well: 'All is well',
    quoting: 'The language model isn’t reached: answers are quoted',
    failed: 'Some files could not be taken in',
    index: 'The index can’t be read',
    stale: 'This server isn’t reached just now; what follows is how it was',
  },
  again: (time: string) => `As of ${time}. Looks again every ten seconds.`,
  index: {
    title: 'Index',
    version: 'Version',
    madeAt: 'Made',
    holds: 'Holds',
    documents: (n: number) => many(n, 'document', 'documents'),
    sections: (n: number) => many(n, 'section', 'sections'),
    chunks: (n: number) => many(n, 'chunk', 'chunks'),
    embedder: 'Embedding model',
    dimensions: (n: number) => many(n, 'dimension', 'dimensions'),
    chunker: 'Cut by',
    fingerprint: 'Fingerprint',
  },
  answers: {
    title: 'Answers',
    mode: 'How',
    quoted: 'Quoted from the docs',
    written: 'Written by a language model',
    writes: 'Written by',
    checks: 'Checked by',
    model: 'The model is',
    up: 'asked',
    down: 'not asked for a moment, since it failed again and again',
    lastFault: 'Failed last',
    running: 'Under way now',
  },
  server: {
    title: 'Server',
    docent: 'Docent',
    node: 'Node',
    startedAt: 'Started',
    uptime: 'Has run for',
  },
  ingest: {
    title: 'Last ingest',
    none: 'Nothing is known of it: it was done by an earlier release, or none has come to its end.',
    endedAt: 'Ended',
    took: 'Took',
    version: 'Left version',
    files: 'Files',
    chunks: 'Chunks',
    counts: (embedded: number, unchanged: number, deleted: number) =>
      `${number.format(embedded)} embedded, ${number.format(unchanged)} unchanged, ${number.format(deleted)} deleted`,
    failed: 'Files that could not be taken in',
    kept: 'The index keeps what it had of them.',
    more: (n: number) => `and ${many(n, 'other', 'others')}`,
    findings: 'Findings',
    how: 'In the files as they were last taken in. Each with its line:',
    check: 'npm run ingest -- --check',
    noFindings: 'None.',
    rule: 'Rule',
    severity: 'Weight',
    severities: { error: 'error', warning: 'warning' },
    count: 'Found',
    inFiles: 'In files',
  },
  number: (n: number) => number.format(n),
  time: (iso: string) => (Number.isNaN(Date.parse(iso)) ? iso : times.format(Date.parse(iso))),
  duration(seconds: number): string {
    if (seconds < 60) return `${number.format(seconds)} s`;
    const minutes = Math.floor(seconds / 60);
    if (minutes < 60) return `${minutes} min`;
    const hours = Math.floor(minutes / 60);
    if (hours < 24) return `${hours} h ${minutes % 60} min`;
    return `${many(Math.floor(hours / 24), 'day', 'days')} ${hours % 24} h`;
  },
};
