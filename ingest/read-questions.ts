import { readFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { z } from 'zod';
import { DocentError } from '../knowledge/errors.ts';

const place = z.object({ path: z.string(), anchor: z.string().default('') });
const line = z.object({
  question: z.string().min(1),
  path: z.string().nullish(),
  anchor: z.string().nullish(),
  also: z.array(place).optional(),
});

/** A question that the docs should answer, with the sections that do, where the file names them. */
export type GoldenQuestion = {
  readonly question: string;
  readonly sections: readonly { readonly path: string; readonly anchor: string }[];
};

/**
 * The golden questions of a docs folder: `questions.jsonl` in it or beside it, a JSON object with `question`
 * and, if known, `path` and `anchor` on each line. `undefined` when there is none. Throws `DocentError`
 * `file_unreadable` naming file and line.
 */
export async function readQuestions(docsDir: string): Promise<GoldenQuestion[] | undefined> {
  const root = resolve(docsDir);
  for (const file of [join(root, 'questions.jsonl'), join(dirname(root), 'questions.jsonl')]) {
    const text = await readFile(file, 'utf8').catch((error: unknown) => {
      if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
      throw unreadable(file, 'could not be read', error);
    });
    if (text !== undefined) return parse(file, text);
  }
  return undefined;
}

function parse(file: string, text: string): GoldenQuestion[] {
  return text
    .replace(/^\uFEFF/, '')
    .split('\n')
    .flatMap((json, index) => {
      if (json.trim() === '') return [];
      const parsed = line.safeParse(jsonOf(json));
      if (!parsed.success) throw unreadable(file, `line ${index + 1} is no JSON object with a "question"`);
      const { question, path, anchor, also = [] } = parsed.data;
      return [{ question, sections: [...(path ? [{ path, anchor: anchor ?? '' }] : []), ...also] }];
    });
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function unreadable(file: string, what: string, cause?: unknown): DocentError {
  return new DocentError('file_unreadable', `The questions in ${file} can't be used: ${what}.`, { cause });
}
