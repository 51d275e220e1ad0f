import { element } from './elements.ts';
import { readOptions, type WidgetOptions } from './options.ts';
import { isPanelModule, type Panel, panelPath } from './panel-contract.ts';
import { buildShell } from './shell.ts';
import { words } from './words.ts';

/** The one name that the widget adds to a page. */
type DocentApi = { open(): void; close(): void };
declare global {
  interface Window {
    Docent?: DocentApi;
  }
}

const script = document.currentScript ?? document.querySelector('script[src*="/widget.js"]');
// A second script of the same page adds nothing.
if (script instanceof HTMLScriptElement && script.src && !window.Docent) {
  const options = readOptions(script.src, script.dataset);
  const widget = startWidget(options);
  window.Docent = {
    open: () => widget.then(({ open }) => open(true)),
    close: () => widget.then(({ close }) => close()),
  };
  // On a phone it would cover the page that somebody came for.
  const hasRoom = !matchMedia('(max-width: 30rem), (max-height: 35rem)').matches;
  if (options.open && hasRoom) void widget.then(({ open }) => open(false));
}

function documentRead(): Promise<void> {
  if (document.readyState !== 'loading') return Promise.resolve();
  return new Promise((resolve) =>
    document.addEventListener('DOMContentLoaded', () => resolve(), { once: true }),
  );
}

/** Puts the button into the page as soon as that is read, and loads the panel when it is first opened. */
async function startWidget(options: WidgetOptions) {
  await documentRead();
  const shell = buildShell(options);
  const { root, launcher, dialog, body } = shell;
  let panel: Panel | undefined;
  let loading = false;

  /** `takesFocus` is false where nobody asked for it. */
  async function load(takesFocus: boolean): Promise<void> {
    if (panel || loading) return;
    loading = true;
    body.replaceChildren(element('p', { class: 'dialog-note', role: 'status' }, words.loading));
    try {
      const module: unknown = await import(/* @vite-ignore */ options.origin + panelPath + retry());
      if (!isPanelModule(module)) throw new Error('no panel');
      body.replaceChildren();
      panel = module.mountPanel(shell, options);
      if (takesFocus && root.activeElement === dialog) panel.focus();
    } catch {
      showAway();
    }
    loading = false;
  }

  let tries = 0;
  /** A browser remembers that a module could not be loaded, so another try needs another address. */
  function retry(): string {
    tries += 1;
    return tries === 1 ? '' : `?${tries}`;
  }

  function showAway(): void {
    const again = element('button', { type: 'button', class: 'button' }, words.tryAgain);
    again.addEventListener('click', () => {
      dialog.focus();
      void load(true);
    });
    const link = element(
      'a',
      { class: 'button', href: options.origin, target: '_blank', rel: 'noopener' },
      words.openDocent,
    );
    body.replaceChildren(
      element(
        'div',
        { class: 'dialog-note', role: 'alert' },
        element('strong', {}, words.away),
        element('p', {}, words.awayWhy),
        element('div', { class: 'button-row' }, again, link),
      ),
    );
  }

  function open(takesFocus: boolean): void {
    dialog.hidden = false;
    launcher.setAttribute('aria-expanded', 'true');
    if (takesFocus && panel) panel.focus();
    else if (takesFocus) dialog.focus();
    void load(takesFocus);
  }

  function close(): void {
    const hadFocus = dialog.contains(root.activeElement);
    dialog.hidden = true;
    launcher.setAttribute('aria-expanded', 'false');
    if (hadFocus) launcher.focus();
  }

  launcher.addEventListener('click', () => (dialog.hidden ? open(true) : close()));
  shell.close.addEventListener('click', close);
  for (const type of ['keydown', 'keypress', 'keyup'] as const) {
    // The page's own shortcuts see only the widget, and not that somebody types into a field of it.
    root.addEventListener(type, (event) => event.stopPropagation());
  }
  dialog.addEventListener('keydown', (event) => {
    if (event.key !== 'Escape' || event.defaultPrevented || event.isComposing) return;
    event.preventDefault();
    close();
  });
  return { open, close };
}
