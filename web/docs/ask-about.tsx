import type { DocumentPage, SectionInfo } from '../../server/events.ts';
import { useApp } from '../app-context.ts';
import { Icon } from '../controls/icon.tsx';
import { texts } from '../texts.ts';

function useAsk(): (name: string) => void {
  const { conversation, router } = useApp();
  return (name) => {
    router.go('/');
    conversation.ask(texts.docs.askQuestion(name));
  };
}

/** Beside a heading: takes its section to the chat. */
export function AskAboutSection({ section }: { section: SectionInfo }) {
  const ask = useAsk();
  const name = section.headings.at(-1) ?? '';
  return (
    <button type="button" class="docs-ask-here" aria-label={texts.docs.ask(name)} onClick={() => ask(name)}>
      <Icon name="ask" />
      {texts.docs.askHere}
    </button>
  );
}

/** Below a document: takes the whole of it to the chat. */
export function AskAboutPage({ page }: { page: DocumentPage }) {
  const ask = useAsk();
  return (
    <button type="button" class="button docs-ask" onClick={() => ask(page.title)}>
      {texts.docs.askPage}
    </button>
  );
}
