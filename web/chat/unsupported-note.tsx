import { useId, useState } from 'preact/hooks';
import { texts } from '../texts.ts';

/** The mark after a statement that the docs don't support; hover, focus or tap tells why. */
export function UnsupportedNote(props: { reason: string | undefined }) {
  const id = useId();
  const [open, setOpen] = useState(false);
  const reason = props.reason ?? texts.answer.noReason;
  return (
    <span class="note">
      <button
        type="button"
        class="note-mark"
        aria-label={texts.answer.unsupported}
        aria-describedby={id}
        onPointerEnter={() => setOpen(true)}
        onPointerLeave={() => setOpen(false)}
        onFocus={() => setOpen(true)}
        onBlur={() => setOpen(false)}
        onKeyDown={(event) => event.key === 'Escape' && setOpen(false)}
      >
        ?
      </button>
      <span id={id} role="tooltip" class={open ? 'note-reason is-open' : 'note-reason'}>
        {reason}
      </span>
    </span>
  );
}
