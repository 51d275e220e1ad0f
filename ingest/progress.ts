import { Presets, SingleBar } from 'cli-progress';
import { countFindings, tallyFindings } from './check-docs.ts';
import type { AnswerReport } from './report-answers.ts';
import type { IngestSummary } from './run-ingest.ts';
import type { SyncProgress } from './sync-index.ts';

/** Shows how far a run is. `done` takes it off the screen. */
export type Progress = {
  update(progress: SyncProgress, files: number): void;
  done(): void;
};

const STEPS = 10;
const EMBEDDED_STEP = 500;

/** A bar on a terminal; elsewhere a line for each tenth of the files, each 500 embeddings and each stage. */
export function makeProgress(stream: NodeJS.WriteStream): Progress {
  return stream.isTTY ? makeBar(stream) : makeLines((line) => stream.write(`${line}\n`));
}

function makeBar(stream: NodeJS.WriteStream): Progress {
  const format = '{stage} [{bar}] {value} of {total} files, {chunks} chunks, {embedded} embedded';
  const options = { format, stream, hideCursor: true, clearOnComplete: true, barsize: 24 };
  const bar = new SingleBar(options, Presets.shades_classic);
  let started = false;
  return {
    update({ stage, ...counts }, files) {
      const payload = { stage: stage.padEnd(10), chunks: counts.chunks, embedded: counts.embedded };
      if (!started) bar.start(files, 0, payload);
      started = true;
      bar.update(counts.files, payload);
    },
    done: () => bar.stop(),
  };
}

/** Progress as plain lines; exported for tests and logs. */
export function makeLines(print: (line: string) => void): Progress {
  let last = '';
  return {
    update({ stage, files: read, chunks, embedded }, files) {
      const step = stage === 'reading' ? Math.floor((read * STEPS) / Math.max(files, 1)) : STEPS;
      const key = `${stage} ${step} ${Math.floor(embedded / EMBEDDED_STEP)}`;
      if (key === last || key === 'reading 0 0') return;
      last = key;
      print(
        stage === 'reading'
          ? `${read} of ${files} files read, ${chunks} chunks, ${embedded} embedded`
          : stage,
      );
    },
    done() {},
  };
}

/** The closing summary of a run, a line each. */
export function summaryLines(docsDir: string, summary: IngestSummary): string[] {
  const { seconds, files, sections, chunks, embedded, shared, unchanged, deleted, failed } = summary;
  const { skipped, findings, warnings } = summary;
  const sharing = shared > 0 ? `${shared} alike, ` : '';
  return [
    `Ingested ${docsDir} in ${seconds} s`,
    `  files     ${files}`,
    `  sections  ${sections}`,
    `  chunks    ${chunks}: ${embedded} embedded, ${sharing}${unchanged} unchanged, ${deleted} deleted`,
    `  failed    ${failed.length}${failed.length > 0 ? ' (the index keeps what it had of them)' : ''}`,
    ...failed.map(({ path, message }) => `    ${path} ${message}`),
    ...(findings.length === 0 ? [] : [`  findings  ${countFindings(findings)}: npm run ingest -- --check`]),
    ...skipped.map(({ path, message }) => `  skipped   ${path} ${message}`),
    ...warnings.map((message) => `  warning   ${message}`),
  ];
}

/** The contract's object for `--json`; with `--report`, `report` has what became of the golden questions. */
export function summaryJson(summary: IngestSummary, report?: AnswerReport): string {
  const { files, sections, chunks, embedded, shared, unchanged, deleted, failed, seconds, version } = summary;
  return JSON.stringify({
    files,
    sections,
    chunks,
    embedded,
    shared,
    unchanged,
    deleted,
    failed: failed.map(({ path, message }) => ({ path, message })),
    findings: tallyFindings(summary.findings),
    seconds,
    version,
    report,
  });
}
