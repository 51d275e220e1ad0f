import { useEffect, useRef, useState } from 'preact/hooks';
import type { Info } from '../server/events.ts';
import type { Api } from './api/get-json.ts';
import { focusMain } from './focus-main.ts';
import { texts } from './texts.ts';

/** How often the client asks whether the docs have changed, while its page is in view. */
const ASK_MS = 20_000;

/**
 * Says so when the docs are taken in anew while the page is open. `info` is what is known of them;
 * `onUpdate` hears of the new. Asks from time to time and when the page comes back into view.
 */
export function DocsUpdated(props: {
  api: Pick<Api, 'info'>;
  info: Info | undefined;
  onUpdate(info: Info): void;
}) {
  const { api, info, onUpdate } = props;
  const [updated, setUpdated] = useState(false);
  const known = useRef<string | undefined>(undefined);
  if (info) known.current = versionOf(info);
  useEffect(() => {
    const look = async () => {
      if (document.visibilityState === 'hidden' || known.current === undefined) return;
      const now = await api.info();
      if (!now.ok || versionOf(now.value) === known.current) return;
      setUpdated(true);
      onUpdate(now.value);
    };
    const timer = setInterval(look, ASK_MS);
    document.addEventListener('visibilitychange', look);
    return () => {
      clearInterval(timer);
      document.removeEventListener('visibilitychange', look);
    };
  }, [api, onUpdate]);
  const close = () => {
    setUpdated(false);
    focusMain();
  };
  return (
    <div role="status">
      {updated && (
        <p class="docs-updated">
          {texts.docs.updated}
          <button type="button" class="quiet-button" onClick={close}>
            {texts.close}
          </button>
        </p>
      )}
    </div>
  );
}

function versionOf({ version, ingestedAt }: Info): string {
  return `${version} ${ingestedAt}`;
}
