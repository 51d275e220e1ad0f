import { toString as plainText } from 'mdast-util-to-string';
import { useEffect, useRef, useState } from 'preact/hooks';
import { parseAnswer } from '../markdown/parse.ts';
import { texts } from '../texts.ts';
import { isRunning, isUnanswered } from './answer-state.ts';
import type { Turn } from './conversation.ts';

function spoken(turn: Turn): string {
  const text = turn.answer.text.replace(/\s*\[\d{1,3}\]/g, '');
  const blocks = parseAnswer(text).root.children.map((block) => plainText(block));
  const note = isUnanswered(turn.answer) ? [texts.abstained.title] : [];
  const otherwise = (turn.answer.disagreements ?? []).map(
    ({ sides }) => `${texts.disagree.title}: ${sides.map(({ quote }) => quote).join(' / ')}`,
  );
  return texts.answer.finished([...note, ...blocks, ...otherwise].join(' '));
}

/** Tells a screen reader an answer once, when it is finished. */
export function Announcer(props: { turns: readonly Turn[] }) {
  const [message, setMessage] = useState('');
  const last = props.turns.at(-1);
  const runningId = useRef<string | undefined>(undefined);
  useEffect(() => {
    if (!last) return;
    if (isRunning(last.answer)) {
      runningId.current = last.id;
      setMessage('');
    } else if (runningId.current === last.id) {
      runningId.current = undefined;
      if (last.answer.status === 'done') setMessage(spoken(last));
    }
  }, [last]);
  return (
    <div class="visually-hidden" aria-live="polite" role="status">
      {message}
    </div>
  );
}
