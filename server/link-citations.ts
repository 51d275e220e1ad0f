import { type Code, isFence, nextCode, runEnd } from './answer/code-marks.ts';
import type { TextTransform } from './answer/text-transform.ts';

/** A marker that became a link. UTF-16 offsets: `at` in the answer's text, `start` and `end` in the linked text. */
export type CitationLink = {
  readonly n: number;
  readonly at: number;
  readonly start: number;
  readonly end: number;
};

export type CitationLinker = TextTransform & { links(): readonly CitationLink[] };

const SPECIAL = /[[\]`~\\\n]/g;
const SPECIAL_IN_CODE = /[`~\n]/g;
const MARKER = /^\[(\d{1,3})\]/;
const MARKER_BEGINNING = /^\[\d{0,3}$/;
/** How a link to another page of the docs goes on behind its text. */
const OWN_PAGE = '](/docs/';

export type LinkCitationsOptions = {
  /** In the place of `/docs/` before a document's path: `http://127.0.0.1:3000/docs/`; "" leaves the path. */
  readonly docs: string;
  /** Address for the marker `[n]` at an offset of the text; undefined where it cites nothing. */
  readonly addressAt: (n: number, at: number) => string | undefined;
};

/**
 * An answer's Markdown for readers elsewhere: each marker `[n]` becomes a link to its address, and the docs' links
 * among themselves lead to where their pages are to be found. Code is left as it is. No piece ends inside of what may become a link,
 * and the whole doesn't depend on how the text was cut into pieces.
 */
export function makeCitationLinker({ docs, addressAt }: LinkCitationsOptions): CitationLinker {
  const links: CitationLink[] = [];
  let held = '';
  let code: Code | undefined;
  /** The line so far. */
  let line = '';
  /** Units of the text taken, and of the linked text given. */
  let taken = 0;
  let given = 0;
  let out = '';

  function keep(text: string): void {
    out += text;
    const newline = text.lastIndexOf('\n');
    if (newline >= 0 && line.trim() === '' && !code?.fence) code = undefined;
    line = newline >= 0 ? text.slice(newline + 1) : line + text;
  }

  /** Handles the special character that `held` begins with; returns how much it took, 0 when more is needed. */
  function step(last: boolean): number {
    const character = held[0] ?? '';
    if (character === '`' || character === '~') {
      const end = runEnd(held, 0, (other) => other === character);
      if (end === held.length && !last) return 0;
      code = nextCode(code, { mark: character, length: end, fence: isFence(line, end) });
      keep(held.slice(0, end));
      return end;
    }
    if (!code && character === '\\') {
      if (held.length === 1 && !last) return 0;
      const end = held[1] === '\n' ? 1 : 2;
      keep(held.slice(0, end));
      return end;
    }
    if (!code && character === '[') return marker(last);
    if (!code && character === ']') {
      if (!last && held.length < OWN_PAGE.length && OWN_PAGE.startsWith(held)) return 0;
      if (held.startsWith(OWN_PAGE)) {
        keep(`](${docs}`);
        return OWN_PAGE.length;
      }
    }
    keep(character);
    return 1;
  }

  function marker(last: boolean): number {
    if (!last && MARKER_BEGINNING.test(held)) return 0;
    const [whole = '', digits = ''] = MARKER.exec(held) ?? [];
    const address = whole === '' ? undefined : addressAt(Number(digits), taken);
    if (address === undefined) {
      keep('[');
      return 1;
    }
    const start = given + out.length;
    keep(`${whole}(${address})`);
    links.push({ n: Number(digits), at: taken, start, end: given + out.length });
    return whole.length;
  }

  function take(length: number): void {
    held = held.slice(length);
    taken += length;
  }

  function run(last: boolean): string {
    out = '';
    while (held !== '') {
      const special = code ? SPECIAL_IN_CODE : SPECIAL;
      special.lastIndex = 0;
      const plain = special.exec(held)?.index ?? held.length;
      keep(held.slice(0, plain));
      take(plain);
      const length = held === '' ? 0 : step(last);
      if (length === 0) break;
      take(length);
    }
    given += out.length;
    return out;
  }

  return {
    push(piece) {
      held += piece;
      return run(false);
    },
    flush: () => run(true),
    links: () => links,
  };
}

/** The same for the docs' links among themselves alone: markers stay as they are. */
export function makePageLinker(docs: string): TextTransform {
  return makeCitationLinker({ docs, addressAt: () => undefined });
}
