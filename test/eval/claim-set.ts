import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { cutDocument } from '../../ingest/cut-document.ts';
import { termsOfChunk } from '../../knowledge/chunk-terms.ts';
import type { Chunk, CutDocument } from '../../knowledge/document.ts';
import type { StoredChunk } from '../../knowledge/snapshot.ts';
import type { Evidence } from '../../server/answer/evidence.ts';
import { type Half, halfOf } from './metrics.ts';

export type ClaimKind =
  | 'verbatim'
  | 'paraphrase'
  | 'restated-number'
  | 'joined'
  | 'changed-number'
  | 'changed-date'
  | 'negation'
  | 'swapped-name'
  | 'made-up-expansion'
  | 'overreach'
  | 'antonym'
  | 'wrong-entity';

/** Where the evidence stands: an exact span of the file. */
export type Place = { readonly path: string; readonly anchor: string; readonly evidence: string };

/** A line of claims.jsonl: a sentence written by hand over a piece of the docs, true or subtly false. */
export type LabelledClaim = Place & {
  readonly id: string;
  readonly corpus: 'docs' | 'gsa-tts-handbook' | 'clef-handbook';
  /** A second section that a joined claim rests on. */
  readonly also?: Place;
  readonly claim: string;
  readonly label: boolean;
  readonly kind: ClaimKind;
  /** For swapped names: whether the wrong name is in the evidence too. */
  readonly nameInEvidence?: boolean;
};

/** Thresholds were chosen on one half; figures are reported on the other. */

/** A claim with the passages it is checked against; `spans` are the evidence's ranges in its file. */
export type ClaimCase = {
  readonly claim: LabelledClaim;
  readonly half: Half;
  readonly passages: readonly Evidence[];
  readonly spans: readonly { readonly path: string; readonly start: number; readonly end: number }[];
};

const root = join(import.meta.dirname, '..', '..');
const CORPORA = {
  docs: join(root, 'docs'),
  'gsa-tts-handbook': join(root, '..', 'shared', 'corpora', 'gsa-tts-handbook'),
  'clef-handbook': join(root, '..', 'shared', 'corpora', 'clef-handbook'),
};
/** Sections before and after the evidence's that are passages too, as a search would bring them. */
const NEIGHBOURS = 2;

const isClaim = (value: unknown): value is LabelledClaim =>
  typeof value === 'object' && value !== null && 'claim' in value && 'evidence' in value && 'label' in value;

/** All claims of test/eval/claims.jsonl. */
export function readClaims(): LabelledClaim[] {
  const lines = readFileSync(join(import.meta.dirname, 'claims.jsonl'), 'utf8')
    .trim()
    .split('\n');
  return lines.map((line) => JSON.parse(line)).filter(isClaim);
}

/** Whether the claim's documents are on this machine: the handbooks are no part of the project. */
export function isAtHand({ corpus, path }: LabelledClaim): boolean {
  return existsSync(join(CORPORA[corpus], path));
}

/** Puts each claim before the sections of its evidence and their neighbours. Throws when evidence isn't in its file. */
export function makeClaimCases(claims: readonly LabelledClaim[]): ClaimCase[] {
  const cut = new Map<string, CutDocument>();
  const stored = new Map<Chunk, StoredChunk>();
  const documentOf = (corpus: LabelledClaim['corpus'], path: string): CutDocument => {
    const key = `${corpus}/${path}`;
    const known = cut.get(key);
    if (known) return known;
    const source = readFileSync(join(CORPORA[corpus], path), 'utf8');
    const made = cutDocument({ path, source, changedAt: '2024-01-01T00:00:00Z', countTokens: estimate });
    cut.set(key, made);
    for (const chunk of made.chunks) {
      stored.set(chunk, {
        ...chunk,
        id: `${key} ${chunk.start}`,
        terms: termsOfChunk(chunk),
        vector: new Float32Array(),
        sentenceVectors: [],
      });
    }
    return made;
  };
  return claims.filter(isAtHand).map((claim) => {
    const places = [claim, ...(claim.also ? [claim.also] : [])].map((place) => ({
      place,
      cut: documentOf(claim.corpus, place.path),
    }));
    const spans = places.map(({ place, cut: { document } }) => {
      const start = sectionStart(document.sections, place.anchor, document.source, place.evidence);
      if (start < 0) throw new Error(`Claim ${claim.id}: its evidence isn't in ${place.path}`);
      return { path: place.path, start, end: start + place.evidence.length };
    });
    return { claim, half: halfOf(claim.id), spans, passages: passagesOf(places, spans, stored) };
  });
}

function sectionStart(
  sections: CutDocument['document']['sections'],
  anchor: string,
  source: string,
  evidence: string,
): number {
  const section = sections.find((candidate) => candidate.anchor === anchor);
  return section ? source.indexOf(evidence, section.start) : -1;
}

function passagesOf(
  places: readonly { readonly cut: CutDocument }[],
  spans: ClaimCase['spans'],
  stored: ReadonlyMap<Chunk, StoredChunk>,
): Evidence[] {
  const numbers = new Map<string, number>();
  const passages: Evidence[] = [];
  places.forEach(({ cut: { document, chunks } }, at) => {
    const start = spans[at]?.start ?? 0;
    const home = document.sections.findIndex((section) => section.start <= start && start < section.end);
    for (const chunk of chunks) {
      const key = `${chunk.path} ${chunk.section}`;
      const taken = passages.some(
        (other) => other.chunk.path === chunk.path && other.chunk.start === chunk.start,
      );
      if (taken || Math.abs(chunk.section - home) > NEIGHBOURS) continue;
      const n = numbers.get(key) ?? numbers.size + 1;
      numbers.set(key, n);
      const whole = stored.get(chunk);
      if (whole) passages.push({ n, chunk: whole });
    }
  });
  return passages;
}

/** Tokens of a text, near enough to cut chunks as ingest does. */
function estimate(text: string): number {
  return Math.ceil(text.length / 4);
}
