import { type Audience, audienceOf } from '../knowledge/audience.ts';

/** What front matter says of whom the document is for; with a `fault` nobody may see it. */
export type ReadAudience = { readonly audience: Audience } | { readonly audienceFault: string };

const REMEDY = 'write "audience: hr" or "audience: [hr, sales]", or leave it out for everybody';

/** `audience` of parsed front matter: a name or a list of names; undefined when it isn't there. */
export function readAudience(fields: unknown): ReadAudience | undefined {
  if (typeof fields !== 'object' || fields === null) return undefined;
  const values = Object.entries(fields).flatMap(([key, value]) => (isAudienceKey(key) ? [value] : []));
  const [value] = values;
  if (values.length === 0) return undefined;
  if (values.length > 1) return { audienceFault: `names its audience twice: ${REMEDY}` };
  const names: readonly unknown[] = Array.isArray(value) ? value : [value];
  const audience = names.every(isName) ? audienceOf(names) : [];
  if (audience.length === 0) return { audienceFault: `has an audience that is no name: ${REMEDY}` };
  return { audience };
}

/** For front matter that can't be parsed: a fault if it seems to name an audience. */
export function suspectAudience(frontMatter: string): ReadAudience | undefined {
  if (!/^[ \t]*["']?audiences?["']?[ \t]*[:=]/im.test(frontMatter)) return undefined;
  return {
    audienceFault:
      'names an audience in front matter that cannot be read: mend it, between two lines of --- at the very top',
  };
}

/** Lines at the top of a source that were meant as front matter and aren't: not closed, or below something. */
export function failedFrontMatter(source: string): string {
  return (
    /^(?:\uFEFF|\s|<!--[\s\S]*?-->)*(?:---|\+\+\+)[^\n]*\n((?:[^\n]*\S[^\n]*\n?)*)/.exec(source)?.[1] ?? ''
  );
}

function isAudienceKey(key: string): boolean {
  return /^audiences?$/i.test(key.trim());
}

function isName(value: unknown): value is string {
  return typeof value === 'string' && audienceOf([value]).length > 0;
}
