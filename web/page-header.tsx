import { BrandMark } from './controls/brand-mark.tsx';
import { ThemeSwitch } from './controls/theme-switch.tsx';
import { SkipLink } from './skip-link.tsx';
import { texts } from './texts.ts';

/** The bar at the top of a page that isn't part of the client: the way to it, and the theme. */
export function PageHeader({ name }: { name: string }) {
  return (
    <header class="header">
      <SkipLink />
      <a class="brand" href="/">
        <BrandMark />
        <span>{name}</span>
      </a>
      <nav aria-label={texts.nav.label}>
        <a class="nav-link" href="/">
          {texts.nav.chat}
        </a>
        <a class="nav-link" href="/docs/">
          {texts.nav.docs}
        </a>
      </nav>
      <div class="header-tools">
        <ThemeSwitch />
      </div>
    </header>
  );
}
