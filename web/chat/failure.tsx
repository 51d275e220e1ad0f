import { useEffect, useRef, useState } from 'preact/hooks';
import type { ErrorBody } from '../../server/events.ts';
import { useApp } from '../app-context.ts';
import { Icon, type IconName } from '../controls/icon.tsx';
import { texts } from '../texts.ts';

type Kind = keyof typeof texts.errors.titles;
const icons: Record<Kind, IconName> = {
  away: 'warning',
  cut: 'warning',
  limited: 'history',
  index: 'docs',
  foreign: 'warning',
  other: 'warning',
};
/** How often a page whose index isn't there looks for it. */
const lookMs = 4_000;

/** What sort of trouble a code stands for. */
export function kindOf(code: string): Kind {
  if (code === 'unreachable') return 'away';
  if (code === 'stream_cut') return 'cut';
  if (code === 'forbidden') return 'foreign';
  if (code === 'rate_limited') return 'limited';
  return /^(?:store|docs)_/.test(code) ? 'index' : 'other';
}

/**
 * What went wrong, and the way to try again: after a countdown where the server asks for a pause, by
 * itself as soon as an index is there that wasn't.
 */
export function Failure(props: { error: ErrorBody; label?: string; onRetry?: () => void }) {
  const { error, onRetry } = props;
  const kind = kindOf(error.code);
  const left = useCountdown(error);
  useIndexAgain(kind === 'index' ? onRetry : undefined);
  return (
    <div class={`failure is-${kind}`}>
      <Icon name={icons[kind]} />
      <div class="failure-words" role="alert">
        <strong>{texts.errors.titles[kind]}</strong>
        <p>{error.message}</p>
        {kind === 'index' && onRetry && <p>{texts.errors.looksAgain}</p>}
      </div>
      {onRetry && (
        <button type="button" class="button" disabled={left > 0} onClick={onRetry}>
          <Icon name="retry" />
          {left > 0 ? texts.errors.wait(left) : (props.label ?? texts.tryAgain)}
        </button>
      )}
    </div>
  );
}

/** Seconds left of the pause that an error asks for, from when it is first shown. */
function useCountdown(error: ErrorBody): number {
  const [left, setLeft] = useState(error.retryAfter ?? 0);
  useEffect(() => {
    const wait = error.retryAfter ?? 0;
    setLeft(wait);
    if (wait === 0) return;
    const end = Date.now() + wait * 1000;
    const timer = setInterval(() => {
      const rest = Math.max(0, Math.ceil((end - Date.now()) / 1000));
      setLeft(rest);
      if (rest === 0) clearInterval(timer);
    }, 250);
    return () => clearInterval(timer);
  }, [error]);
  return left;
}

function useIndexAgain(onReady: (() => void) | undefined): void {
  const { api } = useApp();
  const latest = useRef(onReady);
  latest.current = onReady;
  const isWaiting = onReady !== undefined;
  useEffect(() => {
    if (!isWaiting) return;
    const timer = setInterval(async () => {
      if (document.visibilityState === 'hidden') return;
      const info = await api.info();
      if (info.ok) latest.current?.();
    }, lookMs);
    return () => clearInterval(timer);
  }, [isWaiting, api]);
}
