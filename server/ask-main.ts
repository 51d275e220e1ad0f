import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { buffer as bytesOf } from 'node:stream/consumers';
import { Command } from 'commander';
import { docsSource, otherSource } from '../knowledge/docs-source.ts';
import { asDocentError, DocentError } from '../knowledge/errors.ts';
import { readGitAddress } from '../knowledge/git-address.ts';
import { onUnreadable } from '../knowledge/reader-left.ts';
import type { Snapshot } from '../knowledge/snapshot.ts';
import { ask } from './ask/ask.ts';
import { wantsColour } from './ask/colours.ts';
import { utf8Of } from './body-text.ts';
import { checkedQuestion } from './chat-request.ts';
import { readServerConfig, secretsOf } from './config.ts';
import { docsChanged } from './docs-changed.ts';
import { makeLog } from './log.ts';
import { type Docent, openDocent } from './open-docent.ts';
import { addPlaceOptions, type PlaceFlags, withPlaces } from './place-options.ts';
import { printable } from './printable.ts';
import { updateIndex } from './update-index.ts';

type Flags = PlaceFlags & { readonly json?: boolean };

const USAGE = 'Ask a question: npm run ask -- "What is an RMM?"';
const INTERRUPTED = 130;

const command = new Command('npm run ask --')
  .description(
    'Answers a question from the docs. Exits with 0, with 2 when the docs don’t answer, else with 1.',
  )
  .argument('[QUESTION...]', 'the question; without one, or with "-", it is read from standard input')
  .option('--json', 'print the answer as one object of JSON')
  .showHelpAfterError('(npm run ask -- --help shows the options)');

addPlaceOptions(command);

const stop = new AbortController();
let pipeClosed = false;
onUnreadable(process.stdout, ({ left }) => {
  pipeClosed = left;
  stop.abort();
});
process.on('SIGINT', () => {
  if (stop.signal.aborted) process.exit(INTERRUPTED);
  stop.abort();
});

const code = await main();
// Exits by name: workers and connections of the libraries may otherwise keep the process for a while.
process.stdout.write('', () => process.exit(code));

async function main(): Promise<number> {
  const err = (line: string) => process.stderr.write(`${printable(line)}\n`);
  try {
    command.parse();
    if (existsSync('.env')) process.loadEnvFile('.env');
    const flags = command.opts<Flags>();
    const config = readServerConfig(withPlaces(process.env, flags));
    const question = await readQuestion(command.args);
    const log = makeLog(() => undefined, err, secretsOf(config));
    const docent = await openDocent(config, log);
    // The local model loads in its thread while the index is opened.
    if (config.EMBEDDING_MODEL === undefined) docent.embedder.embedQuery(question).catch(() => undefined);
    if (!(await bringUpToDate(docent))) return 1;
    const mode = await ask(question, {
      docent,
      signal: stop.signal,
      json: flags.json === true,
      write: (text) => process.stdout.write(text),
      coloured: wantsColour(process.env, process.stdout),
      docsDir: await folderOf(docent),
      columns: process.stdout.columns,
    });
    return mode === 'abstained' ? 2 : 0;

    /** Only when there is something to take in; false when there is no index after that. */
    async function bringUpToDate({ store }: Docent): Promise<boolean> {
      const snapshot = await store.current().catch(() => undefined);
      if (snapshot && !config.INGEST_ON_START) return true;
      const isOther = (await otherSource(store, docsSource(config.DOCS_DIR))) !== undefined;
      if (snapshot && !isOther && !(await mayHaveChanged(snapshot))) return true;
      if (process.stderr.isTTY && !(isOther && !config.docsNamed)) err('Taking in the docs …');
      const { signal } = stop;
      const onOutput = (text: string) => process.stderr.write(printable(text));
      const update = await updateIndex({ store, config, log, signal, onOutput, quiet: true });
      await update?.end;
      return update !== undefined;
    }

    /** A repository is fetched only for the first index: an answer isn't to wait for the network. */
    async function mayHaveChanged(snapshot: Snapshot): Promise<boolean> {
      return !readGitAddress(config.DOCS_DIR) && docsChanged(resolve(config.DOCS_DIR), snapshot);
    }

    /** Where the files of the index are; undefined where they come from a repository. */
    async function folderOf({ store }: Docent): Promise<string | undefined> {
      const other = config.docsNamed ? undefined : await otherSource(store, docsSource(config.DOCS_DIR));
      const docs = other ?? config.DOCS_DIR;
      return readGitAddress(docs) ? undefined : resolve(docs);
    }
  } catch (error) {
    if (pipeClosed) return 0;
    if (stop.signal.aborted) return INTERRUPTED;
    err(asDocentError(error).message);
    return 1;
  }
}

async function readQuestion(words: readonly string[]): Promise<string> {
  if (words.length > 0 && !(words.length === 1 && words[0] === '-')) return checkedQuestion(words.join(' '));
  if (process.stdin.isTTY && words.length === 0) throw new DocentError('question_empty', USAGE);
  const typed = utf8Of(await bytesOf(process.stdin), 'The question is not UTF-8. Send it encoded in UTF-8.');
  if (typed.trim() === '') throw new DocentError('question_empty', USAGE);
  return checkedQuestion(typed);
}
