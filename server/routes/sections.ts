import { Hono } from 'hono';
import type { Document, Section } from '../../knowledge/document.ts';
import { DocentError } from '../../knowledge/errors.ts';
import type { Snapshot, StoreReader } from '../../knowledge/snapshot.ts';
import { type AppEnv, askerOf } from '../asker.ts';
import { sectionQuery } from '../contract/docs.ts';
import type { SectionState } from '../events.ts';
import { pathBelow } from './docs.ts';

/**
 * `GET /?path=&anchor=&hash=`: what has become of a section that an answer cited. Throws `bad_request`
 * when path or hash is missing.
 */
export function sectionsRoute({ store }: { store: StoreReader }): Hono<AppEnv> {
  return new Hono<AppEnv>().get('/', async (context) => {
    const query = sectionQuery.safeParse(context.req.query());
    const path = query.success ? pathBelow(`/${query.data.path}`, '/') : undefined;
    if (!query.success || path === undefined) {
      throw new DocentError(
        'bad_request',
        'Name the section as it was cited: /api/sections?path=rmm.md&anchor=alerts&hash=HASH',
      );
    }
    const { anchor, hash } = query.data;
    const snapshot = await store.current(askerOf(context).audiences);
    return context.json(await stateOf(snapshot, path, anchor, hash));
  });
}

async function stateOf(
  snapshot: Snapshot,
  path: string,
  anchor: string,
  hash: string,
): Promise<SectionState> {
  const { version } = snapshot;
  const found = (document: Document, section: Section): SectionState => {
    const isThere = document.path === path && section.anchor === anchor;
    return {
      status: section.hash !== hash ? 'changed' : isThere ? 'same' : 'moved',
      path: document.path,
      anchor: section.anchor,
      headings: section.headings,
      text: document.source.slice(section.start, section.end),
      start: section.start,
      changedAt: section.changedAt,
      version,
    };
  };
  const document = await snapshot.document(path);
  if (document) {
    const { sections } = document;
    const named = sections.find((each) => each.anchor === anchor);
    // Another heading of the same name before it gives a section another anchor.
    const section = named?.hash === hash ? named : (sections.find((each) => each.hash === hash) ?? named);
    if (section) return found(document, section);
  }
  // The same words under another address: a file renamed, or a document taken apart.
  for (const { path: other, sections } of await snapshot.documents()) {
    const moved = sections.find((each) => each.hash === hash);
    const home = moved && (await snapshot.document(other));
    const section = home?.sections.find((each) => each.hash === hash);
    if (home && section) return found(home, section);
  }
  return { status: 'gone', path, anchor, version };
}
