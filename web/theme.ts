/** Light, dark, or as the system says. */
export type Theme = 'auto' | 'light' | 'dark';
const order: readonly Theme[] = ['auto', 'light', 'dark'];
const key = 'docent-theme';

export function nextTheme(theme: Theme): Theme {
  return order[(order.indexOf(theme) + 1) % order.length] ?? 'auto';
}

/** The theme chosen in this browser; automatic where nothing can be kept. */
export function storedTheme(storage: Pick<Storage, 'getItem'>): Theme {
  try {
    const stored = storage.getItem(key);
    return order.find((theme) => theme === stored) ?? 'auto';
  } catch {
    return 'auto';
  }
}

/** Shows a theme and keeps it for the next visit. */
export function applyTheme(theme: Theme, root: HTMLElement, storage: Pick<Storage, 'setItem'>): void {
  if (theme === 'auto') delete root.dataset.theme;
  else root.dataset.theme = theme;
  try {
    storage.setItem(key, theme);
  } catch {
    // A browser that keeps nothing still shows the theme.
  }
}
