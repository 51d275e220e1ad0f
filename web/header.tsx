import { useApp } from './app-context.ts';
import { BrandMark } from './controls/brand-mark.tsx';
import { Icon } from './controls/icon.tsx';
import { ThemeSwitch } from './controls/theme-switch.tsx';
import { ConversationsDrawer } from './conversations/conversations-drawer.tsx';
import type { Route } from './router.ts';
import { SkipLink } from './skip-link.tsx';
import { useStore } from './store.ts';
import { texts } from './texts.ts';

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
      <SkipLink />
      <a class="brand" href={home}>
        <BrandMark />
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
