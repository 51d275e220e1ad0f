import { useId, useLayoutEffect, useRef, useState } from 'preact/hooks';
import { placeBeside } from '../controls/place-beside.ts';
import { texts } from '../texts.ts';

/** The mark after a statement that the docs don't support; hover, focus or tap tells why. */
export function UnsupportedNote(props: { reason: string | undefined }) {
  const id = useId();
  const mark = useRef<HTMLButtonElement>(null);
  const box = useRef<HTMLSpanElement>(null);
  const [open, setOpen] = useState(false);
  const [place, setPlace] = useState({ top: 0, left: 0 });
  useLayoutEffect(() => {
    if (!open || !mark.current || !box.current) return;
    setPlace(placeBeside(box.current, mark.current, 'above'));
    const close = () => setOpen(false);
    const root = box.current.getRootNode();
    root.addEventListener('scroll', close, { capture: true, passive: true });
    return () => root.removeEventListener('scroll', close, { capture: true });
  }, [open]);
  return (
    <>
      <button
        ref={mark}
        type="button"
        class="note-mark"
        aria-label={texts.answer.unsupported}
        aria-describedby={id}
        onPointerEnter={() => setOpen(true)}
        onPointerLeave={() => setOpen(false)}
        onFocus={() => setOpen(true)}
        onBlur={() => setOpen(false)}
        onClick={() => setOpen(true)}
        onKeyDown={(event) => {
          if (event.key !== 'Escape' || !open) return;
          event.preventDefault();
          setOpen(false);
        }}
      >
        ?
      </button>
      <span
        ref={box}
        id={id}
        role="tooltip"
        class={open ? 'note-reason is-open' : 'note-reason'}
        style={{ top: `${place.top}px`, left: `${place.left}px` }}
      >
        {props.reason ?? texts.answer.noReason}
      </span>
    </>
  );
}
