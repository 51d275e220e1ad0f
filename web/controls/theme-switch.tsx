import { useState } from 'preact/hooks';
import { texts } from '../texts.ts';
import { applyTheme, nextTheme, storedTheme, type Theme } from '../theme.ts';
import { Icon, type IconName } from './icon.tsx';

const icons: Record<Theme, IconName> = { auto: 'auto', light: 'sun', dark: 'moon' };

/** Goes from the system's theme to light, to dark, and back. */
export function ThemeSwitch() {
  const [theme, setTheme] = useState(storedTheme);
  const change = () => {
    const next = nextTheme(theme);
    setTheme(next);
    applyTheme(next, document.documentElement);
  };
  const label = texts.nav.theme(texts.nav.themes[theme]);
  return (
    <button type="button" class="icon-button" aria-label={label} title={label} onClick={change}>
      <Icon name={icons[theme]} />
    </button>
  );
}
