import { existsSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { Command } from 'commander';
import { cloudOf, type KnowledgeConfig, readKnowledgeConfig } from '../knowledge/config.ts';
import { MODEL_DIR, makeConfiguredEmbedder } from '../knowledge/configured-embedder.ts';
import { docsSource, otherSource } from '../knowledge/docs-source.ts';
import { DocentError } from '../knowledge/errors.ts';
import { fingerprintOf } from '../knowledge/fingerprint.ts';
import { folderIn, readGitAddress } from '../knowledge/git-address.ts';
import { onUnreadable } from '../knowledge/reader-left.ts';
import { openStoreReader } from '../knowledge/store-reader.ts';
import { loadTokenizer } from '../knowledge/tokenizer.ts';
import { checkDocs, countFindings } from './check-docs.ts';
import { changeLines } from './compare-answers.ts';
import { faultText } from './fault-text.ts';
import { type Checkout, checkOutDocs } from './git-checkout.ts';
import { makeProgress, summaryJson, summaryLines } from './progress.ts';
import { type AnswerReport, askBefore } from './report-answers.ts';
import { type IngestOptions, type IngestSummary, runIngest } from './run-ingest.ts';
import { watchDocs } from './watch.ts';

/** `report`: with what became of the golden questions. */
type Output = { readonly json: boolean; readonly report: boolean };

type Flags = {
  readonly ref?: string;
  readonly path?: string;
  readonly store?: string;
  readonly watch?: boolean;
  readonly check?: boolean;
  readonly full?: boolean;
  readonly allowEmpty?: boolean;
  readonly json?: boolean;
  readonly report?: boolean;
};

const command = new Command('ingest')
  .description('Reads the documents of a folder or a git repository into the index.')
  .argument('[DIR]', 'docs folder or address of a git repository (default: DOCS_DIR, else ./docs)')
  .option('--ref <REF>', 'of a repository: branch, tag or commit (default: its HEAD)')
  .option('--path <PATH>', 'of a repository: the folder with the docs (default: all of it)')
  .option('--store <URI>', 'index: a folder, s3://, gs://, az:// or db:// (default: STORE_URI)')
  .option('--watch', 'stay and take in each change')
  .option('--check', 'write nothing; report broken links and the like')
  .option('--full', 'make the whole index anew')
  .option('--allow-empty', 'a folder without documents empties the index, instead of being a fault')
  .option('--report', 'tell which questions of questions.jsonl now fare otherwise')
  .option('--json', 'print the result as one line of JSON')
  .showHelpAfterError('(npm run ingest -- --help shows the options)');

/** Ends the watching once nobody reads what it says; a run at work goes on to its end. */
const unread = new AbortController();
let isUnwritable = false;
for (const stream of [process.stdout, process.stderr]) {
  onUnreadable(stream, ({ left }) => {
    isUnwritable ||= !left;
    if (isUnwritable) process.exitCode = 1;
    unread.abort();
  });
}

const code = await main();
process.exitCode = isUnwritable ? 1 : code;

async function main(): Promise<number> {
  const abort = new AbortController();
  const exitCodes = { SIGINT: 130, SIGTERM: 143 } as const;
  let interrupted: number | undefined;
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.on(signal, () => {
      // The second time it is in earnest: what was not committed is taken up by the next run.
      if (interrupted !== undefined) process.exit(exitCodes[signal]);
      interrupted = exitCodes[signal];
      abort.abort();
    });
  }
  try {
    command.parse();
    const { path, ...flags } = command.opts<Flags>();
    const folder = path === undefined ? undefined : folderIn(path);
    return await ingest(command.args[0], { ...flags, ...(folder && { path: folder }) }, abort.signal);
  } catch (error) {
    if (interrupted !== undefined) {
      process.stderr.write('Stopped. What was not finished is not in the index; the next run takes it up.\n');
      return interrupted;
    }
    process.stderr.write(`${faultText(error)}\n`);
    return 1;
  }
}

async function ingest(dir: string | undefined, flags: Flags, signal: AbortSignal): Promise<number> {
  refuseOdd(flags);
  if (existsSync('.env')) process.loadEnvFile('.env');
  const config = readKnowledgeConfig({
    ...process.env,
    ...(dir === undefined ? {} : { DOCS_DIR: dir }),
    ...(flags.store === undefined ? {} : { STORE_URI: flags.store }),
  });
  const { docsDir, release } = await openDocs(config, flags, signal);
  try {
    if (flags.check) return await check(docsDir, flags.json === true);
    const isNamed = dir !== undefined || process.env.DOCS_DIR !== undefined;
    return await ingestFrom(docsDir, { ...config, isNamed }, flags, signal);
  } finally {
    await release();
  }
}

async function ingestFrom(
  docsDir: string,
  config: KnowledgeConfig & { readonly isNamed: boolean },
  flags: Flags,
  signal: AbortSignal,
): Promise<number> {
  const embedder = await makeConfiguredEmbedder(config, { keepsMemory: true });
  try {
    const { countTokens } = loadTokenizer(MODEL_DIR);
    const source = docsSource(config.DOCS_DIR, flags);
    const place = { storeUri: config.STORE_URI, cloud: cloudOf(config), embedder };
    if (!config.isNamed) await refuseOthers(source, place);
    const options = {
      ...place,
      docsDir,
      source,
      countTokens,
      mayBeEmpty: flags.allowEmpty === true,
      signal,
    };
    const output = { json: flags.json === true, report: flags.report === true };
    const first = await ingestOnce({ ...options, full: flags.full === true }, output);
    if (!flags.watch) return first.failed.length > 0 ? 1 : 0;
    await watch({ ...options, full: false }, output, first.version);
    return 0;
  } finally {
    await embedder.close();
  }
}

/** Docs that nobody named don't take the place of those that the index holds. */
async function refuseOthers(
  source: string,
  { storeUri, cloud, embedder }: Pick<IngestOptions, 'storeUri' | 'cloud' | 'embedder'>,
): Promise<void> {
  const reader = openStoreReader({ uri: storeUri, cloud, expected: fingerprintOf(embedder) });
  const other = await otherSource(reader, source);
  await reader.close();
  if (other === undefined) return;
  throw new DocentError(
    'bad_config',
    `The index holds the docs of ${other}. Name the docs to take in: npm run ingest -- ${other}, or, to put those of ${source} in their place, npm run ingest -- ${source}`,
  );
}

/** Options of which one would have no effect. */
function refuseOdd(flags: Flags): void {
  const odd = (['watch', 'full', 'report'] as const).filter((name) => flags.check && flags[name]);
  if (odd.length === 0) return;
  const names = odd.map((name) => `--${name}`).join(' and ');
  throw new DocentError(
    'bad_config',
    `--check writes no index, so ${names} can't go with it. Run them apart.`,
  );
}

/** The folder to read; that of a repository is fetched first. */
async function openDocs(
  { DOCS_DIR: docs, GIT_CACHE: cacheDir }: KnowledgeConfig,
  flags: Flags,
  signal: AbortSignal,
): Promise<Checkout> {
  const address = readGitAddress(docs);
  if (!address) {
    if (flags.ref === undefined && flags.path === undefined)
      return { docsDir: docs, release: async () => undefined };
    const remedy = `If it is a clone, name it so: ${pathToFileURL(docs).href}`;
    throw new DocentError(
      'bad_config',
      `--ref and --path are for git repositories, and ${docs} is a folder. ${remedy}`,
    );
  }
  if (flags.watch) {
    const remedy = 'Run the ingest again to take in what is new';
    throw new DocentError('bad_config', `--watch is for folders; a repository can't be watched. ${remedy}.`);
  }
  const { ref = address.ref, path = address.path } = flags;
  return await checkOutDocs(
    { ...address, ref, path },
    { cacheDir, signal, tell: (line) => process.stderr.write(`${line}\n`) },
  );
}

async function watch(options: IngestOptions & { signal: AbortSignal }, output: Output, version: number) {
  const { docsDir, signal } = options;
  const tell = (line: string) => process.stderr.write(`${line}\n`);
  let last = version;
  let told: string | undefined;
  tell(`Watching ${docsDir} for changes. Ctrl-C ends it.`);
  const run = async () => {
    try {
      last = (await ingestOnce(options, output, last)).version;
      told = undefined;
    } catch (error) {
      const fault = faultText(error);
      if (!signal.aborted && fault !== told) tell(`${fault}\nIt is tried again until it works.`);
      told = fault;
      throw error;
    }
  };
  await watchDocs(docsDir, run, { signal: AbortSignal.any([signal, unread.signal]), tell });
  signal.throwIfAborted();
}

async function check(docsDir: string, json: boolean): Promise<number> {
  const { files, findings } = await checkDocs(docsDir);
  const lines = json
    ? [JSON.stringify({ files, findings })]
    : [
        ...findings.map(
          ({ path, line, column, rule, message }) => `${path}:${line}:${column} ${rule} ${message}`,
        ),
        `${countFindings(findings)} in ${files} ${files === 1 ? 'file' : 'files'}`,
      ];
  process.stdout.write(`${lines.join('\n')}\n`);
  return findings.some(({ severity }) => severity === 'error') ? 1 : 0;
}

/** A run with its progress and summary; nothing is told of a run that leaves the version `known` as it is. */
async function ingestOnce(
  options: IngestOptions,
  { json, report }: Output,
  known?: number,
): Promise<IngestSummary> {
  const progress = known === undefined ? makeProgress(process.stderr) : undefined;
  const askAfter = report ? await askBefore(options) : undefined;
  try {
    const summary = await runIngest({ ...options, ...(progress ? { onProgress: progress.update } : {}) });
    progress?.done();
    if (summary.version === known && summary.failed.length === 0) return summary;
    const answers = await askAfter?.();
    const lines = [...summaryLines(options.docsDir, summary), ...(report ? answerLines(answers) : [])];
    (json ? process.stderr : process.stdout).write(`${lines.join('\n')}\n`);
    if (json) process.stdout.write(`${summaryJson(summary, answers)}\n`);
    return summary;
  } finally {
    progress?.done();
  }
}

function answerLines(answers: AnswerReport | undefined): string[] {
  if (answers) return changeLines(answers.changes, answers.asked);
  return ['  questions none to compare: questions.jsonl in or beside the docs, and an index from before'];
}
