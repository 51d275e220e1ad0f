/**
 * Whom a document is for: names of groups, such as `hr`. None: everybody. As `audienceOf` gives them they can
 * be compared: trimmed, lower case, sorted, each once; a comma parts two names.
 */
export type Audience = readonly string[];

export function audienceOf(names: readonly string[]): Audience {
  const found = names
    .flatMap((name) => name.normalize('NFC').split(','))
    .map((name) => name.replace(/\s+/g, ' ').trim().toLowerCase());
  return [...new Set(found.filter((name) => name !== ''))].sort();
}

/** An audience as one text, the same for the same names; "" for everybody. */
export function audienceKey(audience: Audience): string {
  return audienceOf(audience).join(',');
}

/** The audience of a key. */
export function audienceFrom(key: string): Audience {
  return key === '' ? [] : key.split(',');
}

/** Whether someone who belongs to these groups may see what is for the audience. */
export function maySee(groups: Audience, audience: Audience): boolean {
  return audience.length === 0 || audience.some((name) => groups.includes(name));
}
