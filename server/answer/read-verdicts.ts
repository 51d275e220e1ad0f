import type { Ground } from './prove-claim.ts';

/** A checker's word on one claim, by the number that the prompt gave it. */
export type Verdict = {
  readonly claim: number;
  readonly supported: boolean;
  readonly grounds: readonly Ground[];
};

export type VerdictReader = {
  /** Verdicts that a piece of the checker's reply completes. */
  push(piece: string): Verdict[];
  /** The reply has ended, perhaps in the middle. */
  flush(): Verdict[];
};

const YES = /^(?:supported|support|supports|yes|true|entail(?:ed|s|ment)?|proven|correct)$/i;
const LONGEST = 20_000;

/**
 * Reads verdicts from whatever a model writes: JSON lines, an array, an object around one, in fences or
 * prose. What can't be read is left out, which earns no tick.
 */
export function makeVerdictReader(): VerdictReader {
  let held = '';
  const take = (last: boolean): Verdict[] => {
    const found: Verdict[] = [];
    for (let open = held.indexOf('{'); open >= 0; open = held.indexOf('{')) {
      const end = closeOf(held, open);
      if (end < 0) {
        if (!last && held.length < LONGEST) break;
        held = held.slice(open + 1);
        continue;
      }
      const value = parse(held.slice(open, end));
      found.push(...verdictsIn(value));
      held = held.slice(value === undefined ? open + 1 : end);
    }
    return found;
  };
  return {
    push(piece) {
      held += piece;
      return take(false);
    },
    flush: () => take(true),
  };
}

/** Index behind the brace that closes the one at `open`, or -1; braces in strings don't count. */
function closeOf(text: string, open: number): number {
  let depth = 0;
  let quoted = false;
  for (let at = open; at < text.length; at++) {
    const character = text[at];
    if (quoted) {
      if (character === '\\') at++;
      else if (character === '"') quoted = false;
    } else if (character === '"') quoted = true;
    else if (character === '{') depth++;
    else if (character === '}' && --depth === 0) return at + 1;
  }
  return -1;
}

function parse(text: string): unknown {
  for (const candidate of [text, text.replace(/\s+/g, ' ').replace(/,\s*(?=[}\]])/g, '')]) {
    try {
      return JSON.parse(candidate);
    } catch {
      // Weak models leave trailing commas and raw line breaks: the second try is without them.
    }
  }
  return undefined;
}

function verdictsIn(value: unknown): Verdict[] {
  if (Array.isArray(value)) return value.flatMap(verdictsIn);
  if (typeof value !== 'object' || value === null) return [];
  const claim = numberIn(first(value, ['claim', 'id', 'statement', 'claim_id', 'index', 'number', 'n']));
  const verdict = first(value, ['supported', 'verdict', 'status', 'label', 'result', 'answer']);
  if (claim === undefined || verdict === undefined) return Object.values(value).flatMap(verdictsIn);
  const supported = verdict === true || (typeof verdict === 'string' && YES.test(verdict.trim()));
  const grounds = groundsIn(first(value, ['grounds', 'ground', 'evidence', 'quotes', 'quote', 'words']));
  const n = numberIn(first(value, ['passage', 'source']));
  return [
    {
      claim,
      supported,
      grounds: grounds.map((ground) =>
        ground.n === undefined && n !== undefined ? { ...ground, n } : ground,
      ),
    },
  ];
}

function groundsIn(value: unknown): Ground[] {
  if (Array.isArray(value)) return value.flatMap(groundsIn);
  // Words with a gap are two pieces, and both must stand in the docs.
  if (typeof value === 'string') {
    return value
      .split(/\s*(?:…|\.{3,}|\[…\])\s*/)
      .filter((words) => words.trim() !== '')
      .map((words) => ({ words }));
  }
  if (typeof value !== 'object' || value === null) return [];
  const n = numberIn(first(value, ['passage', 'n', 'source', 'number', 'id']));
  return groundsIn(first(value, ['quote', 'words', 'text', 'ground', 'evidence'])).map((ground) =>
    n === undefined ? ground : { ...ground, n },
  );
}

function first(value: object, names: readonly string[]): unknown {
  const found = names.find((name) => Reflect.has(value, name));
  return found === undefined ? undefined : Reflect.get(value, found);
}

function numberIn(value: unknown): number | undefined {
  const digits =
    typeof value === 'number' ? value : Number(/\d+/.exec(String(value ?? ''))?.[0] ?? Number.NaN);
  return Number.isInteger(digits) ? digits : undefined;
}
