import { Hono } from 'hono';
import type { Section } from '../../knowledge/document.ts';
import { DocentError } from '../../knowledge/errors.ts';
import type { StoreReader } from '../../knowledge/snapshot.ts';
import { type AppEnv, askerOf } from '../asker.ts';
import type { DocumentList, DocumentPage, SectionInfo } from '../events.ts';

/** `GET /`: all documents. `GET /PATH`: one with its Markdown. */
export function docsRoute({ store }: { store: StoreReader }): Hono<AppEnv> {
  return new Hono<AppEnv>()
    .get('/', async (context) => {
      const snapshot = await store.current(askerOf(context).audiences);
      const documents = await snapshot.documents();
      const list: DocumentList = {
        documents: documents.map(({ path, title, changedAt, sections }) => ({
          path,
          title,
          changedAt,
          sections: sections.map(sectionInfo),
        })),
        version: snapshot.version,
      };
      return context.json(list);
    })
    .get('/*', async (context) => {
      const path = pathBelow(context.req.path, '/api/docs/');
      const snapshot = await store.current(askerOf(context).audiences);
      const found = path === undefined ? undefined : await snapshot.document(path);
      if (!found) {
        throw new DocentError(
          'not_found',
          `There is no document "${path ?? context.req.path}" in the index. It may have been renamed; /api/docs lists all.`,
        );
      }
      const page: DocumentPage = {
        path: found.path,
        title: found.title,
        source: found.source,
        changedAt: found.changedAt,
        sections: found.sections.map(sectionInfo),
        version: snapshot.version,
      };
      return context.json(page);
    });
}

/**
 * The document path in a URL's path, decoded part by part so that an encoded slash stays part of a name;
 * undefined when it isn't one: broken encoding, or parts like `..`.
 */
export function pathBelow(urlPath: string, prefix: string): string | undefined {
  if (!urlPath.startsWith(prefix)) return undefined;
  try {
    const parts = urlPath.slice(prefix.length).split('/').map(decodeURIComponent);
    const odd = parts.some((part) => part === '' || part === '.' || part === '..' || /[/\\\0]/.test(part));
    return odd ? undefined : parts.join('/');
  } catch {
    return undefined;
  }
}

function sectionInfo({ anchor, headings, level, start, end, hash, changedAt }: Section): SectionInfo {
  return { anchor, headings, level, start, end, hash, changedAt };
}
