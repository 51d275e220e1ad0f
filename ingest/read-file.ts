import { isUtf8 } from 'node:buffer';
import { readFile, stat } from 'node:fs/promises';
import { kindOf } from '../knowledge/file-kinds.ts';
import { sha256 } from '../knowledge/sha256.ts';
import { decodeHtml } from './decode-html.ts';
import { type FailedFile, type FoundFile, faultOf } from './find-files.ts';
import { makePlaces, type Place } from './places.ts';

type Fault = Omit<FailedFile, 'path'>;

/**
 * A file's text as it was written, or why it isn't one. `hash` is the SHA-256 of the file's bytes, hex; `changedAt`
 * the file's own time.
 */
export type ReadFile =
  | { readonly ok: true; readonly source: string; readonly hash: string; readonly changedAt: string }
  | { readonly ok: false; readonly failed: FailedFile };

/** Byte order marks stay, so that offsets are those of `readFileSync(path, 'utf8')`. */
const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/**
 * Reads a file of the docs. Fails on what isn't UTF-8 (HTML may declare another charset) or holds a NUL byte;
 * never throws.
 */
export async function readSource({ path, absolutePath }: FoundFile): Promise<ReadFile> {
  try {
    const [bytes, { mtime }] = await Promise.all([readFile(absolutePath), stat(absolutePath)]);
    const html = kindOf(path) === 'html' ? decodeHtml(bytes) : undefined;
    const fault = html ? html.fault : faultIn(bytes);
    if (fault) return { ok: false, failed: { path, ...fault } };
    const hash = sha256(bytes);
    return {
      ok: true,
      hash,
      changedAt: mtime.toISOString(),
      // Decoded only when asked for: most files of most runs are only hashed.
      get source() {
        return html?.text ?? decoder.decode(bytes);
      },
    };
  } catch (error) {
    return { ok: false, failed: { path, message: faultOf(error) } };
  }
}

/** So many files are read ahead: a file waits for the disk longer than it is hashed. */
const AHEAD = 8;

/** As `readSource`, for each file in order. */
export async function* readSources(
  files: readonly FoundFile[],
): AsyncGenerator<{ readonly file: FoundFile; readonly read: ReadFile }> {
  const coming = files.slice(0, AHEAD).map(readSource);
  for (const [index, file] of files.entries()) {
    const read = await coming.shift();
    const next = files[index + AHEAD];
    if (next) coming.push(readSource(next));
    if (read) yield { file, read };
  }
}

function faultIn(bytes: Buffer): Fault | undefined {
  if (bytes.includes(0)) {
    const message = 'is not text (it holds a NUL byte): save it as UTF-8 Markdown, or rename it';
    return { rule: 'not-text', message, place: placeOf(bytes, bytes.indexOf(0)) };
  }
  if (isUtf8(bytes)) return undefined;
  const place = placeOf(bytes, firstWrongByte(bytes));
  return { rule: 'not-utf8', message: `is not UTF-8 (line ${place.line}): save it as UTF-8`, place };
}

function placeOf(bytes: Buffer, index: number): Place {
  const before = new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes.subarray(0, index), {
    stream: true,
  });
  return makePlaces(before)(before.length);
}

/** Where the bytes stop being UTF-8, found by halving. */
function firstWrongByte(bytes: Buffer): number {
  let [good, bad] = [0, bytes.length];
  while (bad - good > 1) {
    const middle = (good + bad) >> 1;
    if (startsAsUtf8(bytes.subarray(0, middle))) good = middle;
    else bad = middle;
  }
  return good;
}

/** Whether the bytes are UTF-8, a character cut off at the end allowed. */
function startsAsUtf8(bytes: Buffer): boolean {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes, { stream: true });
    return true;
  } catch {
    return false;
  }
}
