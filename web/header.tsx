import { useState } from 'preact/hooks';
import { useApp } from './app-context.ts';
import { Icon, type IconName } from './controls/icon.tsx';
import { ConversationsDrawer } from './conversations/conversations-drawer.tsx';
import type { Route } from './router.ts';
import { useStore } from './store.ts';
import { texts } from './texts.ts';
import { applyTheme, nextTheme, storedTheme, type Theme } from './theme.ts';

const themeIcons: Record<Theme, IconName> = { auto: 'auto', light: 'sun', dark: 'moon' };

/** The bar at the top: the way home, to the docs, to a new chat, and the theme. */
export function Header(props: { route: Route; name: string; signedInAs?: string | undefined }) {
  const { conversation, keeper, listing, router } = useApp();
  const isListing = useStore(listing);
  const turns = useStore(conversation.turns);
  const current = useStore(keeper.current);
  const home = current ? `/?c=${current}` : '/';
  const here = (name: Route['name']) => (props.route.name === name ? 'page' : undefined);
  const newChat = () => {
    keeper.begin();
    router.go('/');
  };
  return (
    <header class="header">
      <a class="skip" href="#main">
        {texts.skip}
      </a>
      <a class="brand" href={home}>
        <svg viewBox="0 0 32 32" aria-hidden="true" focusable="false">
          <rect class="brand-ground" width="32" height="32" rx="8" />
          <path class="brand-text" d="M8 9.5h10.5M8 15h16M8 20.5h8" />
          <path class="brand-mark" d="M19.5 20.5H24" />
        </svg>
        <span>{props.name}</span>
      </a>
      <nav aria-label={texts.nav.label}>
        <a class="nav-link" href={home} aria-current={here('chat')}>
          {texts.nav.chat}
        </a>
        <a class="nav-link" href="/docs/" aria-current={here('docs')}>
          {texts.nav.docs}
        </a>
      </nav>
      <div class="header-tools">
        {turns.length > 0 && (
          <button type="button" class="quiet-button" aria-label={texts.nav.newChat} onClick={newChat}>
            <Icon name="plus" />
            <span class="wide-only">{texts.nav.newChat}</span>
          </button>
        )}
        <button
          type="button"
          class="icon-button"
          aria-label={texts.conversations.title}
          title={texts.conversations.title}
          onClick={() => listing.set(true)}
        >
          <Icon name="history" />
        </button>
        <ThemeSwitch />
        {props.signedInAs !== undefined && <SignOut name={props.signedInAs} />}
      </div>
      {isListing && <ConversationsDrawer onClose={() => listing.set(false)} />}
    </header>
  );
}

function SignOut(props: { name: string }) {
  const label = texts.nav.signOut(props.name);
  return (
    <form method="post" action="/sign-out">
      <button type="submit" class="icon-button" aria-label={label} title={label}>
        <Icon name="leave" />
      </button>
    </form>
  );
}

function ThemeSwitch() {
  const [theme, setTheme] = useState(() => storedTheme(localStorage));
  const change = () => {
    const next = nextTheme(theme);
    setTheme(next);
    applyTheme(next, document.documentElement, localStorage);
  };
  const label = texts.nav.theme(texts.nav.themes[theme]);
  return (
    <button type="button" class="icon-button" aria-label={label} title={label} onClick={change}>
      <Icon name={themeIcons[theme]} />
    </button>
  );
}
