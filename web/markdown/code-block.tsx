import type { ComponentChildren } from 'preact';
import { CopyButton } from '../controls/copy-button.tsx';
import { texts } from '../texts.ts';

/** A block of code that scrolls by itself and can be copied. */
export function CodeBlock(props: {
  text: string;
  language: string | undefined;
  children: ComponentChildren;
}) {
  return (
    <div class="code-block">
      <div class="code-bar">
        <span>{props.language ?? texts.code.plain}</span>
        <CopyButton label={texts.code.copy} text={() => props.text} />
      </div>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region has to be reachable by keyboard */}
      <pre tabIndex={0}>
        <code>{props.children}</code>
      </pre>
    </div>
  );
}
