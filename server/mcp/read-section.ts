import type { z } from 'zod';
import type { Document, Section } from '../../knowledge/document.ts';
import { DocentError } from '../../knowledge/errors.ts';
import type { readSectionInput, readSectionOutput } from '../contract/tools.ts';
import { lineIn } from '../line-in.ts';
import { type Door, linkTo, placeText } from './door.ts';
import type { ToolOutput } from './tool-result.ts';

/** Characters given at once: more would crowd out the conversation of whoever asks. */
const LONGEST_TEXT = 40_000;
const MOST_NAMED = 20;

/** A section with what stands below its heading, or a whole document. Throws `not_found` with what there is instead. */
export async function readSection(
  { path, anchor }: z.output<typeof readSectionInput>,
  door: Door,
): Promise<ToolOutput> {
  const snapshot = await door.store.current(door.audiences);
  const document = await snapshot.document(path);
  if (!document) {
    throw new DocentError(
      'not_found',
      `There is no document "${path}". The tool list_docs names all of them.`,
    );
  }
  const { source, title } = document;
  const within = anchor === undefined ? document.sections : familyOf(document, anchor);
  const [first] = within;
  const start = first?.start ?? 0;
  const end = within.at(-1)?.end ?? source.length;
  const text = source.slice(start, Math.min(end, start + LONGEST_TEXT));
  const line = lineIn(document, start);
  const isCut = end - start > LONGEST_TEXT;
  const structured: z.output<typeof readSectionOutput> = {
    ...{ path, anchor: anchor ?? '', title, text, line },
    headings: anchor === undefined ? [] : [...(first?.headings ?? [])],
    url: linkTo(door, path, anchor),
    changedAt: anchor === undefined ? document.changedAt : (first?.changedAt ?? document.changedAt),
    ...(isCut && { cut: true as const }),
    sections: within.map((section) => ({
      anchor: section.anchor,
      headings: [...section.headings],
      line: lineIn(document, section.start),
    })),
    version: snapshot.version,
  };
  const rest = isCut ? `\n\n(There is more. Read its sections one by one: ${anchorsOf(within)})` : '';
  return {
    structured,
    text: `${placeText(door, structured)}\n\n${text.trim()}${rest}`,
    documents: [document],
  };
}

/** The section of an anchor and those below its heading, in document order. */
function familyOf({ path, sections }: Document, anchor: string): readonly Section[] {
  const at = sections.findIndex((section) => section.anchor === anchor);
  const first = sections[at];
  if (!first) {
    throw new DocentError(
      'not_found',
      `There is no section "${anchor}" in ${path}. Its sections are: ${anchorsOf(sections)}. Leave the anchor out for the whole document.`,
    );
  }
  const after = sections.findIndex((section, index) => index > at && section.level <= first.level);
  return first.anchor === '' ? [first] : sections.slice(at, after < 0 ? undefined : after);
}

function anchorsOf(sections: readonly Section[]): string {
  const anchors = sections.map(({ anchor }) => anchor).filter((anchor) => anchor !== '');
  const more = anchors.length > MOST_NAMED ? ` and ${anchors.length - MOST_NAMED} more` : '';
  return `${anchors.slice(0, MOST_NAMED).join(', ')}${more}`;
}
