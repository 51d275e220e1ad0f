import { useEffect, useState } from 'preact/hooks';
import { texts } from '../texts.ts';
import { copyText } from './copy-text.ts';
import { Icon, type IconName } from './icon.tsx';

/** Copies a text and says for two seconds that it did. */
export function CopyButton(props: { label: string; text: () => string; class?: string; icon?: IconName }) {
  const [copied, setCopied] = useState<boolean>();
  useEffect(() => {
    if (copied === undefined) return;
    const timer = setTimeout(() => setCopied(undefined), 2000);
    return () => clearTimeout(timer);
  }, [copied]);
  const copy = async (button: HTMLElement) => setCopied(await copyText(props.text(), button));
  const label = copied === undefined ? props.label : copied ? texts.copied : texts.copyFailed;
  return (
    <button
      type="button"
      class={props.class ?? 'quiet-button'}
      onClick={(event) => void copy(event.currentTarget)}
    >
      <Icon name={copied ? 'check' : (props.icon ?? 'copy')} />
      <span aria-live="polite">{label}</span>
    </button>
  );
}
