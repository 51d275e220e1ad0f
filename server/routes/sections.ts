import { Hono } from 'hono';
import { DocentError } from '../../knowledge/errors.ts';
import type { Snapshot, StoreReader } from '../../knowledge/snapshot.ts';
import type { SectionState } from '../events.ts';
import { pathBelow } from './docs.ts';

/**
 * `GET /?path=&anchor=&hash=`: what has become of a section that an answer cited. Throws `bad_request`
 * when path or hash is missing.
 */
export function sectionsRoute({ store }: { store: StoreReader }): Hono {
  return new Hono().get('/', async (context) => {
    const path = pathBelow(`/${context.req.query('path') ?? ''}`, '/');
    const hash = context.req.query('hash') ?? '';
    if (path === undefined || hash === '') {
      throw new DocentError(
        'bad_request',
        'Name the section as it was cited: /api/sections?path=rmm.md&anchor=alerts&hash=HASH',
      );
    }
    const snapshot = await store.current();
    return context.json(await stateOf(snapshot, path, context.req.query('anchor') ?? '', hash));
  });
}

async function stateOf(
  snapshot: Snapshot,
  path: string,
  anchor: string,
  hash: string,
): Promise<SectionState> {
  const { version } = snapshot;
  const document = await snapshot.document(path);
  const section = document?.sections.find((each) => each.anchor === anchor);
  if (document && section) {
    return {
      status: section.hash === hash ? 'same' : 'changed',
      path,
      anchor,
      headings: section.headings,
      text: document.source.slice(section.start, section.end),
      changedAt: section.changedAt,
      version,
    };
  }
  // The same words under another address: a file renamed, or a document taken apart.
  for (const { path: other, sections } of await snapshot.documents()) {
    const moved = sections.find((each) => each.hash === hash);
    const home = moved && (await snapshot.document(other));
    if (!moved || !home) continue;
    return {
      status: 'moved',
      path: other,
      anchor: moved.anchor,
      headings: moved.headings,
      text: home.source.slice(moved.start, moved.end),
      changedAt: moved.changedAt,
      version,
    };
  }
  return { status: 'gone', path, anchor, version };
}
