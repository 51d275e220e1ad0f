/** Whether a tag, before whose `rest` of the text it stands, raises a number: 10<sup>6</sup> isn't 106. */
export function raisesNumber(tag: string, rest: string): boolean {
  return /^<sup\b/i.test(tag) && /^[-+−]?\d/.test(rest);
}
