import { texts } from '../texts.ts';

/** Opens a document's file in its repository. Nothing for an address that isn't of the web. */
export function RepositoryLink({ href, tabIndex }: { href: string; tabIndex?: number }) {
  if (!/^https?:\/\//i.test(href)) return null;
  return (
    <a
      class="link-button"
      href={href}
      rel="noopener noreferrer nofollow"
      target="_blank"
      {...(tabIndex !== undefined && { tabIndex })}
    >
      {texts.source.repository}
    </a>
  );
}
