import type { PhrasingContent } from 'mdast';
import { type CompileContext, fromMarkdown } from 'mdast-util-from-markdown';
import type { Extension, State, Token, Tokenizer } from 'micromark-util-types';
import type { Paint } from '../proof-text.ts';

declare module 'micromark-util-types' {
  interface TokenTypeMap {
    citation: 'citation';
  }
}

const BRACKET = 0x5b;
const CLOSING = 0x5d;
const PARENTHESIS = 0x28;

/** `[12]`, unless it is the label of a link. */
const tokenize: Tokenizer = (effects, ok, nok) => {
  let digits = 0;
  const inside: State = (code) => {
    if (code !== null && code >= 0x30 && code <= 0x39) digits++;
    else if (code !== CLOSING || digits === 0) return nok(code);
    effects.consume(code);
    if (code !== CLOSING) return inside;
    effects.exit('citation');
    return (next) => (next === PARENTHESIS ? nok(next) : ok(next));
  };
  return (code) => {
    effects.enter('citation');
    effects.consume(code);
    return inside;
  };
};

/** One line is nothing but its words, whatever a block may begin with. */
const words: Extension = {
  text: { [BRACKET]: { name: 'citation', tokenize } },
  disable: {
    null: [
      ...['blockQuote', 'codeFenced', 'codeIndented', 'definition', 'headingAtx', 'htmlFlow', 'htmlText'],
      ...['list', 'setextUnderline', 'thematicBreak'],
    ],
  },
};

/** A citation refers to a source: no other reference can come about, since nothing is defined. */
const citations = {
  enter: {
    citation(this: CompileContext, token: Token) {
      const label = this.sliceSerialize(token);
      const reference = { referenceType: 'shortcut', identifier: label, children: [] } as const;
      this.enter({ type: 'linkReference', ...reference, children: [] }, token);
    },
  },
  exit: {
    citation(this: CompileContext, token: Token) {
      this.exit(token);
    },
  },
};

/** The words of a line, without the white space around them. */
export function wordsOf(line: string): readonly PhrasingContent[] {
  const tree = fromMarkdown(line, { extensions: [words], mdastExtensions: [citations] });
  const [paragraph] = tree.children;
  return paragraph?.type === 'paragraph' ? paragraph.children : [];
}

/** Words with their marks as styles. `openable` gives the address that a link leads to, where a click can open it. */
export function paintWords(
  nodes: readonly PhrasingContent[],
  paint: Paint,
  openable: (url: string) => string | undefined,
): string {
  const inner = (children: readonly PhrasingContent[]) => paintWords(children, paint, openable);
  return nodes
    .map((node) => {
      if (node.type === 'text') return node.value;
      if (node.type === 'linkReference') return paint.style('cyan', node.identifier);
      if (node.type === 'strong') return paint.style('bold', inner(node.children));
      if (node.type === 'emphasis') return paint.style('italic', inner(node.children));
      if (node.type === 'inlineCode') return paint.style('yellow', node.value);
      if (node.type === 'image') return node.alt ?? '';
      if (node.type !== 'link') return '';
      const label = paint.style('underline', inner(node.children));
      const address = openable(node.url);
      return address === undefined ? label : paint.link(label, address);
    })
    .join('');
}

/** Brackets that are no link, whatever comes. */
const NO_LINK = /^\[(?:\\.|[^\\[\]])*\](?=[^(])/;

/** How much of a line can be shown while more is to come: up to the last white space that no mark may reach over. */
export function settledLength(line: string): number {
  let settled = /^\s*/.exec(line)?.[0].length ?? 0;
  for (const { type, position } of wordsOf(line)) {
    if (type !== 'text') continue;
    const end = position?.end.offset ?? 0;
    for (let at = position?.start.offset ?? end; at < end; at++) {
      const sign = line[at] ?? '';
      if (/\s/.test(sign)) settled = at + 1;
      else if (sign === '\\') at++;
      else if (sign === '[') {
        const [brackets] = NO_LINK.exec(line.slice(at)) ?? [];
        if (brackets === undefined) return settled;
        at += brackets.length - 1;
      } else if (sign === '`') return settled;
      else if (sign === '*' || sign === '_') {
        const run = /^(?:\*+|_+)/.exec(line.slice(at))?.[0].length ?? 1;
        // Before white space it opens nothing.
        if (!/\s/.test(line[at + run] ?? '')) return settled;
        at += run - 1;
      }
    }
  }
  return /\s$/.test(line) ? line.length : settled;
}
