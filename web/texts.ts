function count(n: number, one: string, many: string): string {
  return `${n} ${n === 1 ? one : many}`;
}

/** Every word that the client itself says, in one place. */
export const texts = {
  brand: 'Docent',
  skip: 'Skip to content',
  copied: 'Copied',
  copyFailed: 'Copying failed',
  close: 'Close',
  back: 'Back',
  loading: 'Loading…',
  tryAgain: 'Try again',
  nav: {
    label: 'Main',
    docs: 'Docs',
    chat: 'Ask',
    newChat: 'New chat',
    signOut: (name: string) => `Sign out (${name})`,
    theme: (name: string) => `Theme: ${name}. Change theme`,
    themes: { auto: 'automatic', light: 'light', dark: 'dark' },
  },
  start: {
    title: 'Ask the docs',
    lead: 'Every statement of an answer is shown with the words of the docs that prove it.',
    suggestions: 'Questions the docs answer',
    corpus: (documents: number, date: string) => `${count(documents, 'document', 'documents')}, read ${date}`,
    quotedMode: 'Answers in the docs’ own words',
    writtenMode: (model: string) => `Answers written by ${model} and checked against the docs`,
  },
  composer: {
    label: 'Your question',
    placeholder: 'Ask a question about the docs',
    followUp: 'Ask a follow-up question',
    ask: 'Ask',
    stop: 'Stop',
    hint: 'Enter asks, Shift + Enter starts a new line',
    left: (n: number) => (n >= 0 ? `${n} characters left` : `${-n} characters too many`),
  },
  stages: {
    waiting: 'Asking…',
    searching: 'Searching…',
    reading: (sections: number | undefined) =>
      sections === undefined ? 'Reading…' : `Reading ${count(sections, 'section', 'sections')}…`,
    writing: 'Writing…',
    checking: 'Checking…',
  },
  answer: {
    searchedFor: (question: string) => `Searched for “${question}”`,
    quoted: 'Quoted from the docs, word for word',
    supported: (n: number, all: number) =>
      n === all
        ? all === 1
          ? 'The statement is supported by the docs'
          : `All ${all} statements are supported by the docs`
        : `${n} of ${all} statements ${n === 1 ? 'is' : 'are'} supported by the docs`,
    checking: (n: number) => `${count(n, 'statement is', 'statements are')} still being checked`,
    nothingToCheck: 'Nothing in this answer states a fact',
    stopped: 'Stopped',
    copy: 'Copy',
    retry: 'Ask again',
    edit: 'Edit question',
    cancel: 'Cancel',
    link: 'Copy link',
    goOn: 'Continue',
    save: 'Ask',
    sources: 'Sources',
    unsupported: 'Not supported',
    noReason: 'The docs don’t say this.',
    next: 'Ask next',
    finished: (text: string) => `Answer: ${text}`,
  },
  questions: {
    difference: (one: string, other: string) => `What is the difference between ${one} and ${other}?`,
    how: (what: string, verb: string, isOne: boolean) => `How ${isOne ? 'does' : 'do'} ${what} ${verb}?`,
    does: (what: string) => `What does ${what} do?`,
    task: (word: string, task: string) => (word === 'How' ? `How do I ${task}?` : `What should I ${task}?`),
  },
  disagree: {
    title: 'The docs disagree',
    lead: 'Newest first. Nothing in them says which one holds.',
    sameAge: 'They changed last on the same day, so neither is the newer one.',
    newest: 'Newest',
  },
  changes: {
    summary: (found: { all: number; changed: number; moved: number; gone: number }) => {
      const has = (n: number) => (n === 1 ? 'has' : 'have');
      const parts = [
        { n: found.changed, text: `${has(found.changed)} changed since` },
        { n: found.moved, text: `${has(found.moved)} moved` },
        { n: found.gone, text: `${found.gone === 1 ? 'is' : 'are'} no longer in the docs` },
      ].filter(({ n }) => n > 0);
      const all = count(found.all, 'cited section', 'cited sections');
      return parts
        .map(({ n, text }, index) => (index === 0 ? `${n} of ${all} ${text}` : `${n} ${text}`))
        .join(', ');
    },
    show: 'Show what changed',
    title: 'Changed since this answer',
    what: 'What changed',
    changed: 'This section has changed since',
    moved: (where: string) => `Moved to ${where}`,
    gone: 'No longer in the docs',
    chip: { changed: 'changed since', moved: 'moved since', gone: 'no longer in the docs' },
    badge: { changed: 'Changed since', moved: 'Moved since', gone: 'No longer in the docs' },
    openNow: 'Read it where it is now',
    stands: (standing: number, all: number) =>
      standing === all
        ? all === 1
          ? 'The quoted words still stand in it.'
          : `All ${all} quotes still stand in it.`
        : all === 1
          ? 'The quoted words no longer stand in it:'
          : standing === 0
            ? 'None of the quotes stands in it any more:'
            : `${standing} of ${all} quotes still ${standing === 1 ? 'stands' : 'stand'} in it. No longer there:`,
    quoted: 'The answer quoted',
    difference: 'Then and now, word by word',
    before: 'It read',
    now: 'It reads now',
    notKept: 'How it read then was not kept in this browser.',
    onlySpaces: 'Only spaces and line breaks differ.',
    sameWords: 'It reads as it did.',
    removed: 'removed:',
    added: 'added:',
    end: 'end of change',
    leftOut: 'words left out that are the same',
  },
  feedback: {
    label: 'Rate this answer',
    up: 'Helpful',
    down: 'Not helpful',
    why: 'What was wrong with it? (optional)',
    send: 'Send',
    thanks: 'Thank you. Only the question and your rating are kept, not who you are.',
    failed: 'Your rating could not be kept.',
  },
  gaps: {
    title: 'Open questions',
    lead: 'What readers asked and the docs don’t answer, or answer badly: the most asked first, with the section to mend.',
    empty: 'None so far: every question found its answer.',
    link: 'Open questions',
    csv: 'Save as CSV',
    rated: (up: number, down: number) =>
      `${count(up, 'answer', 'answers')} rated helpful, ${down} not helpful`,
    kept: (days: number) => `Kept for ${count(days, 'day', 'days')}, without a word of who asked`,
    question: 'Question',
    times: 'Left open',
    unanswered: (n: number) => `${n} × unanswered`,
    ratedDown: (n: number) => `${n} × rated badly`,
    last: 'Last asked',
    nearest: 'Section to mend',
    none: 'None comes near',
    state: 'State',
    open: 'Open',
    resolved: 'Answered now',
    unknown: 'Not checked yet',
    alike: 'Also asked as',
    why: 'Readers wrote',
    ask: 'Ask it now',
  },
  abstained: {
    title: 'Not in the docs',
    nearest: 'Nearest sections',
  },
  cite: {
    label: (n: number, where: string) => `Source ${n}: ${where}`,
    changed: (date: string) => `Changed ${date}`,
    open: 'Open source',
  },
  source: {
    label: 'Source',
    openPage: 'Open page',
    repository: 'View in the repository',
    quotes: (at: number, all: number) => `Quote ${at} of ${all}`,
    previous: 'Previous quote',
    next: 'Next quote',
    changedSince: 'This section has changed since the answer. The quote may read differently now.',
  },
  docs: {
    api: 'API',
    status: 'Status',
    updated: 'The docs were updated. New answers come from the new text.',
    title: 'Docs',
    lead: 'Everything that answers are drawn from.',
    tree: 'Documents',
    outline: 'On this page',
    search: 'Search the docs',
    searchHint: '/',
    noHits: 'No section found',
    hits: (n: number) => count(n, 'section found', 'sections found'),
    pages: 'Previous and next document',
    previous: 'Previous',
    next: 'Next',
    ask: (heading: string) => `Ask about “${heading}”`,
    askPage: 'Ask about this page',
    askQuestion: (heading: string) => `What should I know about “${heading}”?`,
    empty: 'There are no documents yet.',
    lost: 'The cited words are not found on this page. It may have changed since.',
    sections: (n: number) => count(n, 'section', 'sections'),
    changed: (date: string) => `changed ${date}`,
    all: 'All documents',
  },
  conversations: {
    title: 'Conversations',
    save: 'Save',
    search: 'Search conversations',
    empty: 'Questions you ask are kept here, in this browser only.',
    none: 'No conversation found',
    rename: 'Rename',
    name: 'Name of the conversation',
    remove: 'Delete',
    markdown: 'Save as Markdown',
    json: 'Save as JSON',
    failed: 'This browser keeps no conversations, so they are gone when the page closes.',
    full: 'The browser’s storage is full: delete some conversations to keep new ones.',
    notKept: 'This conversation isn’t kept.',
    manage: 'Show conversations',
  },
  code: { plain: 'Text', copy: 'Copy code' },
  markdown: {
    image: 'Image:',
    table: 'Table',
    done: 'Done',
    open: 'Not done',
  },
  errors: {
    tokenRefused: 'This access token is not, or no longer, valid.',
    titles: {
      away: 'Docent can’t be reached',
      cut: 'The answer broke off',
      limited: 'Too many questions at once',
      index: 'The docs aren’t ready to be read',
      foreign: 'This page may not ask here',
      other: 'That didn’t work',
    },
    limited: 'Docent, or what stands before it, takes only so many questions in a while.',
    wait: (seconds: number) => `Try again in ${seconds} s`,
    looksAgain: 'This page looks again every few seconds, and goes on by itself.',
    unreachable: 'Check that Docent is running and that you are online.',
    cut: 'The connection was lost before the answer was complete. What has come stays.',
    status: (status: number) => `The server answered with an error (status ${status}).`,
    notFound: 'There is no such document',
    notFoundHelp: 'It may have been moved or deleted. The docs list shows what there is.',
  },
} as const;
