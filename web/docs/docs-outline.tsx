import { useEffect, useRef, useState } from 'preact/hooks';
import type { DocumentPage, SectionInfo } from '../../server/events.ts';
import { encodePath } from '../api/get-json.ts';
import { Icon } from '../controls/icon.tsx';
import { texts } from '../texts.ts';
import type { DocsRoute } from './docs-page.tsx';

/** The headings of a page beside it, or folded above it where there is no room; the one being read is marked. */
export function DocsOutline(props: {
  page: DocumentPage;
  scroller: HTMLElement | null;
  route: DocsRoute;
  folded?: boolean;
}) {
  const { page, scroller, route } = props;
  const sections = page.sections.filter(({ level }) => level >= 2 && level <= 3);
  const reading = useReading(scroller, sections, route);
  if (sections.length < 2) return null;
  const list = (
    <ul class="docs-outline-list">
      {sections.map((section) => (
        <li key={section.anchor} class={`is-level-${section.level}`}>
          <a
            href={`/docs/${encodePath(page.path)}#${encodeURIComponent(section.anchor)}`}
            aria-current={section.anchor === reading ? 'location' : undefined}
            dir="auto"
          >
            {section.headings.at(-1)}
          </a>
        </li>
      ))}
    </ul>
  );
  if (props.folded) {
    return (
      <details class="docs-contents" key={`${page.path}#${route.anchor}`}>
        <summary>
          {texts.docs.outline}
          <Icon name="down" />
        </summary>
        <nav class="docs-outline" aria-label={texts.docs.outline}>
          {list}
        </nav>
      </details>
    );
  }
  return (
    <nav class="docs-outline" aria-label={texts.docs.outline}>
      <p class="label">{texts.docs.outline}</p>
      {list}
    </nav>
  );
}

/** How far below the top a heading counts as read, in px. */
const readingLine = 120;

/**
 * How far below the top of what is seen one reads. Towards its end a page scrolls no further, so that the line
 * goes down to the bottom there: each of the last headings has its turn.
 */
export function lineOf(view: Pick<HTMLElement, 'scrollTop' | 'scrollHeight' | 'clientHeight'>): number {
  const most = view.scrollHeight - view.clientHeight;
  const stretch = Math.min(most, view.clientHeight);
  const left = Math.max(0, most - view.scrollTop);
  const share = stretch > 0 ? Math.max(0, 1 - left / stretch) : 0;
  return readingLine + share * Math.max(0, view.clientHeight - readingLine);
}

/** The anchor of the section that was gone to, until one scrolls; then of the last heading above the line. */
function useReading(
  scroller: HTMLElement | null,
  sections: readonly SectionInfo[],
  route: DocsRoute,
): string | undefined {
  const [reading, setReading] = useState<string>();
  const landed = useRef<number | undefined>(undefined);
  useEffect(() => {
    landed.current = route.anchor ? scroller?.scrollTop : undefined;
  }, [scroller, route]);
  useEffect(() => {
    if (!scroller) return;
    const find = () => {
      const isThere = scroller.scrollTop === landed.current;
      const target = isThere && sections.find(({ anchor }) => anchor === route.anchor);
      if (target) return setReading(target.anchor);
      landed.current = undefined;
      const line = scroller.getBoundingClientRect().top + lineOf(scroller);
      const above = sections.filter((section) => {
        const heading = scroller.querySelector(`[id="${CSS.escape(section.anchor)}"]`);
        return heading !== null && heading.getBoundingClientRect().top <= line;
      });
      setReading(above.at(-1)?.anchor);
    };
    find();
    scroller.addEventListener('scroll', find, { passive: true });
    return () => scroller.removeEventListener('scroll', find);
  }, [scroller, sections.length, sections[0], route]);
  return reading;
}
