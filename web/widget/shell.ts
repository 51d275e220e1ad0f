import { element, icon } from './elements.ts';
import type { WidgetOptions } from './options.ts';
import type { PanelPlace } from './panel-contract.ts';
import shellStyles from './shell.css?inline';
import { addStyles } from './style-sheet.ts';
import { words } from './words.ts';

const speech =
  'M3.5 5A1.5 1.5 0 0 1 5 3.5h10A1.5 1.5 0 0 1 16.5 5v7a1.5 1.5 0 0 1-1.5 1.5H9L5 17v-3.5A1.5 1.5 0 0 1 3.5 12zM6.5 7.5h7M6.5 10h4.5';
const cross = 'm5 5 10 10M15 5 5 15';

/** The widget's button and its empty dialog, in a shadow root that is in the page already. */
export type Shell = PanelPlace & {
  readonly host: HTMLElement;
  readonly launcher: HTMLButtonElement;
  readonly close: HTMLButtonElement;
};

export function buildShell(options: WidgetOptions): Shell {
  const host = document.createElement('docent-widget');
  const root = host.attachShadow({ mode: 'open' });
  const launcher = element(
    'button',
    {
      type: 'button',
      class: 'launcher',
      'aria-expanded': 'false',
      'aria-haspopup': 'dialog',
      'aria-controls': 'dialog',
    },
    icon(speech),
    element('span', {}, options.title),
  );
  const tools = element('div', { class: 'dialog-tools' });
  const close = element(
    'button',
    { type: 'button', class: 'icon-button', 'aria-label': words.close, title: words.close },
    icon(cross),
  );
  const body = element('div', { class: 'dialog-body' });
  const dialog = element(
    'div',
    { id: 'dialog', role: 'dialog', class: 'dialog', 'aria-labelledby': 'title', tabindex: '-1', hidden: '' },
    element('div', { class: 'dialog-head' }, element('h2', { id: 'title' }, options.title), tools, close),
    body,
  );
  const section = element(
    'section',
    {
      class: 'docent-root',
      lang: 'en',
      dir: 'ltr',
      'aria-label': options.title,
      'data-position': options.position,
    },
    launcher,
    dialog,
  );
  if (options.theme !== 'auto') section.dataset.theme = options.theme;
  for (const [name, value] of Object.entries(options.accent ?? {})) section.style.setProperty(name, value);
  root.append(section);
  // Beside the body: a page that replaces or transforms its body keeps the widget in its place.
  document.documentElement.append(host);
  addStyles(root, shellStyles);
  return { host, root, launcher, dialog, body, tools, close };
}
