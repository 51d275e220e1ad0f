import type { RefObject } from 'preact';
import { useCallback, useEffect, useLayoutEffect, useMemo, useRef, useState } from 'preact/hooks';
import type { Info } from '../../server/events.ts';
import type { Loaded } from '../api/get-json.ts';
import { type App, AppContext } from '../app-context.ts';
import { Announcer } from '../chat/announcer.tsx';
import { isRunning } from '../chat/answer-state.ts';
import { CardContext, CitationCard, makeCardControl } from '../chat/citation-card.tsx';
import { Composer } from '../chat/composer.tsx';
import { kindOf } from '../chat/failure.tsx';
import { TurnView } from '../chat/turn.tsx';
import { useStore } from '../store.ts';
import { texts } from '../texts.ts';
import { Greeting } from './greeting.tsx';
import type { WidgetOptions } from './options.ts';

/** The chat in the widget's dialog: a greeting, then questions and answers, and the field below. */
export function PanelView(props: {
  app: App;
  options: WidgetOptions;
  field: RefObject<HTMLTextAreaElement | null>;
  /** Called when what had the focus may have gone. */
  onChange(): void;
}) {
  const { app, options, field, onChange } = props;
  const card = useMemo(makeCardControl, []);
  const turns = useStore(app.conversation.turns);
  const [info, setInfo] = useState<Loaded<Info>>();
  const load = useCallback(() => void app.api.info().then(setInfo), [app]);
  useEffect(load, [load]);
  const scroller = useRef<HTMLDivElement>(null);
  const lastId = turns.at(-1)?.id;
  useLayoutEffect(() => {
    const turn = scroller.current?.querySelector<HTMLElement>('.turn:last-child');
    // Not `scrollIntoView`, which may move the page as well.
    if (lastId && turn && scroller.current) scroller.current.scrollTop = turn.offsetTop - 16;
    onChange();
  }, [lastId, onChange]);
  const isRefused = info?.ok === false && kindOf(info.error.code) === 'foreign';
  return (
    <AppContext.Provider value={app}>
      <CardContext.Provider value={card}>
        <div class="chat">
          <Announcer turns={turns} />
          <CitationCard />
          <div class="chat-scroll" ref={scroller}>
            {turns.length === 0 ? (
              <Greeting info={info} options={options} onReload={load} />
            ) : (
              <div class="turns">
                {turns.map((turn, index) => (
                  <TurnView
                    key={turn.id}
                    turn={turn}
                    isLast={index === turns.length - 1}
                    canRate={info?.ok === true && !!info.value.feedback}
                  />
                ))}
              </div>
            )}
          </div>
          {!isRefused && (
            <div class="chat-foot">
              <Composer
                field={field}
                placeholder={turns.length === 0 ? texts.composer.placeholder : texts.composer.followUp}
                running={turns.some((turn) => isRunning(turn.answer))}
                onAsk={(question) => app.conversation.ask(question)}
                onStop={() => app.conversation.stop()}
              />
            </div>
          )}
        </div>
      </CardContext.Provider>
    </AppContext.Provider>
  );
}
