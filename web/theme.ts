/** Light, dark, or as the system says. */
export type Theme = 'auto' | 'light' | 'dark';
const order: readonly Theme[] = ['auto', 'light', 'dark'];
const key = 'docent-theme';

export function nextTheme(theme: Theme): Theme {
  return order[(order.indexOf(theme) + 1) % order.length] ?? 'auto';
}

/** The theme chosen in this browser; automatic where nothing is kept, or nothing may be. */
export function storedTheme(): Theme {
  const stored = fromStorage((storage) => storage.getItem(key));
  return order.find((theme) => theme === stored) ?? 'auto';
}

/** Shows a theme and keeps it for the next visit. A browser that keeps nothing still shows it. */
export function applyTheme(theme: Theme, root: HTMLElement): void {
  if (theme === 'auto') delete root.dataset.theme;
  else root.dataset.theme = theme;
  fromStorage((storage) => storage.setItem(key, theme));
}

/** The one way to `localStorage`: a browser told to block storage throws as soon as it is named. */
function fromStorage<T>(use: (storage: Storage) => T): T | undefined {
  try {
    return use(localStorage);
  } catch {
    return undefined;
  }
}
