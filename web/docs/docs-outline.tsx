import { useEffect, useState } from 'preact/hooks';
import type { SectionInfo } from '../../server/events.ts';
import { texts } from '../texts.ts';

/** The headings of a page; the one being read is marked. */
export function DocsOutline(props: { sections: readonly SectionInfo[]; scroller: HTMLElement | null }) {
  const sections = props.sections.filter((section) => section.level >= 2 && section.level <= 3);
  const reading = useReading(props.scroller, sections);
  if (sections.length < 2) return null;
  return (
    <nav class="docs-outline" aria-label={texts.docs.outline}>
      <p class="label">{texts.docs.outline}</p>
      <ul class="docs-outline-list">
        {sections.map((section) => (
          <li key={section.anchor} class={`is-level-${section.level}`}>
            <a href={`#${section.anchor}`} aria-current={section.anchor === reading ? 'location' : undefined}>
              {section.headings.at(-1)}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  );
}

/** How far below the top a heading counts as read, in px. */
const readingLine = 120;

/** The anchor of the last heading above the reading line. */
function useReading(scroller: HTMLElement | null, sections: readonly SectionInfo[]): string | undefined {
  const [reading, setReading] = useState<string>();
  useEffect(() => {
    if (!scroller) return;
    const find = () => {
      const top = scroller.getBoundingClientRect().top + readingLine;
      const above = sections.filter(({ anchor }) => {
        const heading = scroller.querySelector(`[id="${CSS.escape(anchor)}"]`);
        return heading !== null && heading.getBoundingClientRect().top <= top;
      });
      setReading(above.at(-1)?.anchor);
    };
    find();
    scroller.addEventListener('scroll', find, { passive: true });
    return () => scroller.removeEventListener('scroll', find);
  }, [scroller, sections.length, sections[0]]);
  return reading;
}
