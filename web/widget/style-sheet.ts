/**
 * Styles for a shadow root, which a page's content security policy has no say in. Their `rem` is the reader's own
 * font size as `px`: the page's root element may have any size at all.
 */
export function addStyles(root: ShadowRoot, styles: string): void {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(styles);
  root.adoptedStyleSheets = [...root.adoptedStyleSheets, sheet];
  sheet.replaceSync(inPixels(styles, Number.parseFloat(getComputedStyle(root.host).fontSize)));
}

/** Style text with each length in `rem` as `px`. */
export function inPixels(styles: string, rem: number): string {
  return styles.replace(/(\d*\.?\d+)rem\b/g, (_, count: string) => `${Number(count) * rem}px`);
}
