import type { ErrorBody } from '../../server/events.ts';
import { Icon } from '../controls/icon.tsx';
import { texts } from '../texts.ts';

/** What went wrong, and the way to try again. */
export function Failure(props: { error: ErrorBody; label?: string; onRetry?: () => void }) {
  return (
    <div class="failure" role="alert">
      <Icon name="warning" />
      <p>{props.error.message}</p>
      {props.onRetry && (
        <button type="button" class="button" onClick={props.onRetry}>
          <Icon name="retry" />
          {props.label ?? texts.tryAgain}
        </button>
      )}
    </div>
  );
}
