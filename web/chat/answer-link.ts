import type { Claim } from '../../server/events.ts';
import { type SafeLink, safeLink } from '../markdown/safe-link.ts';

/** Checks a link at an offset of an answer: a model could hide what it has read in an address, so only the docs' own words may link outside. */
export function answerLink(claims: readonly Claim[], url: string, offset: number): SafeLink | undefined {
  const link = safeLink(url, '');
  const isQuoted = claims.some((c) => c.status === 'quoted' && c.start <= offset && offset < c.end);
  return link?.external && !isQuoted ? undefined : link;
}
