import { type RefObject, render } from 'preact';
import { Icon } from '../controls/icon.tsx';
import { useStore } from '../store.ts';
import { texts } from '../texts.ts';
import { makeWidgetApp } from './make-widget-app.ts';
import panelStyles from './panel.css?inline';
import type { PanelModule } from './panel-contract.ts';
import { PanelView } from './panel-view.tsx';
import { addStyles } from './style-sheet.ts';

/** Draws the chat into the widget's dialog. */
export const mountPanel: PanelModule['mountPanel'] = ({ root, dialog, body, tools }, options) => {
  addStyles(root, panelStyles);
  const app = makeWidgetApp(options);
  const field: RefObject<HTMLTextAreaElement | null> = { current: null };
  /** On a touch screen the field would bring up the keyboard, over what there is to read. */
  const focus = () => {
    const target = matchMedia('(hover: hover)').matches ? (field.current ?? dialog) : dialog;
    target.focus();
  };
  /** A suggestion that was chosen is gone, and its focus with it. */
  const keepFocus = () => {
    if (!dialog.hidden && wasInside && root.activeElement === null) focus();
  };
  let wasInside = false;
  dialog.addEventListener('focusin', () => {
    wasInside = true;
  });
  dialog.addEventListener('focusout', (event) => {
    wasInside = event.relatedTarget === null;
  });
  const NewChat = () => {
    const turns = useStore(app.conversation.turns);
    if (turns.length === 0) return null;
    const begin = () => {
      app.keeper.begin();
      focus();
    };
    return (
      <button
        type="button"
        class="icon-button"
        aria-label={texts.nav.newChat}
        title={texts.nav.newChat}
        onClick={begin}
      >
        <Icon name="plus" />
      </button>
    );
  };
  render(<PanelView app={app} options={options} field={field} onChange={keepFocus} />, body);
  render(<NewChat />, tools);
  return { focus };
};
