import type { WidgetOptions } from './options.ts';

/** Where the panel is drawn: its body and its place in the header, in the widget's shadow root. */
export type PanelPlace = {
  readonly root: ShadowRoot;
  readonly dialog: HTMLElement;
  readonly body: HTMLElement;
  readonly tools: HTMLElement;
};

/** What the widget's script may ask of the panel. */
export type Panel = { focus(): void };

/** What the panel's module exports. It is loaded from Docent when the widget is first opened. */
export type PanelModule = {
  mountPanel(place: PanelPlace, options: WidgetOptions): Panel;
};

/** Path of the module, under Docent's origin. */
export const panelPath = '/assets/widget-panel.js';

export function isPanelModule(value: unknown): value is PanelModule {
  return (
    typeof value === 'object' &&
    value !== null &&
    'mountPanel' in value &&
    typeof value.mountPanel === 'function'
  );
}
