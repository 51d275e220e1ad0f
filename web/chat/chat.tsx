import { useEffect, useLayoutEffect, useRef } from 'preact/hooks';
import type { Info } from '../../server/events.ts';
import type { Loaded } from '../api/get-json.ts';
import { useApp } from '../app-context.ts';
import { ChangesBar } from '../changes/changes-bar.tsx';
import { useStore } from '../store.ts';
import { texts } from '../texts.ts';
import { Announcer } from './announcer.tsx';
import { isRunning } from './answer-state.ts';
import { CitationCard } from './citation-card.tsx';
import { Composer } from './composer.tsx';
import { KeptNotice } from './kept-notice.tsx';
import { Start } from './start.tsx';
import { TurnView } from './turn.tsx';
import { useChatFocus } from './use-chat-focus.ts';

/** The chat: the start page, then questions and answers with the field for the next one below. */
export function Chat(props: {
  info: Loaded<Info> | undefined;
  onReload(): void;
  hidden: boolean;
  /** Id of the turn that a link points to. */
  turn: string | undefined;
}) {
  const { conversation } = useApp();
  const turns = useStore(conversation.turns);
  const page = useRef<HTMLElement>(null);
  const field = useRef<HTMLTextAreaElement>(null);
  const scroller = useRef<HTMLDivElement>(null);
  const lastId = turns.at(-1)?.id;
  useKeptScroll(scroller, props.hidden);
  // A new question goes to the top, with its answer growing below it: nothing moves while one reads.
  const pointed = useRef<string | undefined>(undefined);
  useLayoutEffect(() => {
    if (!lastId) return;
    const goal = props.turn !== pointed.current && turns.find(({ id }) => id === props.turn)?.id;
    if (goal) pointed.current = goal;
    scroller.current
      ?.querySelector(`[data-turn="${CSS.escape(goal || lastId)}"]`)
      ?.scrollIntoView({ block: 'start' });
  }, [lastId, props.turn]);
  const running = turns.some((turn) => isRunning(turn.answer));
  useChatFocus(page, field, [lastId, props.hidden, running]);
  return (
    <main id={props.hidden ? undefined : 'main'} class="chat" ref={page} hidden={props.hidden} tabIndex={-1}>
      <Announcer turns={turns} />
      <CitationCard />
      <ChangesBar turns={turns} scroller={scroller} />
      <div class="chat-scroll" ref={scroller}>
        {turns.length === 0 ? (
          <Start info={props.info} onReload={props.onReload} field={field} />
        ) : (
          <div class="turns">
            <h1 class="visually-hidden">{texts.start.title}</h1>
            {turns.map((turn, index) => (
              <TurnView
                key={turn.id}
                turn={turn}
                isLast={index === turns.length - 1}
                canRate={props.info?.ok === true && !!props.info.value.feedback}
              />
            ))}
          </div>
        )}
      </div>
      {turns.length > 0 && (
        <div class="chat-foot">
          <KeptNotice />
          <Composer
            field={field}
            placeholder={texts.composer.followUp}
            running={running}
            onAsk={(question) => conversation.ask(question)}
            onStop={() => conversation.stop()}
          />
        </div>
      )}
    </main>
  );
}

/** A hidden element forgets how far it was scrolled; this remembers. */
function useKeptScroll(scroller: { readonly current: HTMLElement | null }, hidden: boolean): void {
  const top = useRef(0);
  useEffect(() => {
    const element = scroller.current;
    if (!element || hidden) return;
    element.scrollTop = top.current;
    const remember = () => {
      top.current = element.scrollTop;
    };
    element.addEventListener('scroll', remember, { passive: true });
    return () => element.removeEventListener('scroll', remember);
  }, [hidden, scroller]);
}
