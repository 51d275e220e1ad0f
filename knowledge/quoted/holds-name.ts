/**
 * Whether a text holds a name or number as a word of its own, in any case, in singular or plural, and
 * however its parts are joined: "MSPs" is in "an MSP", "401k" in "401(k)", "AWS" not in "laws".
 */
export function holdsName(text: string, name: string): boolean {
  const singular = name.replace(/['’]s$/u, '').replace(/(?<=\p{L})s$/u, '');
  const parts = singular.match(/\p{L}+|\p{N}+/gu);
  if (!parts) return true;
  const pattern = `(?<![\\p{L}\\p{N}])${parts.join('[^\\p{L}\\p{N}]{0,2}')}(?:e?s|['’]s)?(?![\\p{L}\\p{N}])`;
  return new RegExp(pattern, 'iu').test(text);
}
