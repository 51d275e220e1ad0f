import { texts } from './texts.ts';

/** The first stop of the Tab key: takes the focus past the bar, to what the page is about. */
export function SkipLink() {
  const skip = (event: Event) => {
    const main = document.querySelector<HTMLElement>('main:not([hidden])');
    if (!main) return;
    // The address stays: it names what is read, and a document may have a heading "Main" of its own.
    event.preventDefault();
    main.focus();
  };
  return (
    // biome-ignore lint/a11y/useValidAnchor: without the script it is a link as any other
    <a class="skip" href="#main" onClick={skip}>
      {texts.skip}
    </a>
  );
}
