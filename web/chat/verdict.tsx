import { Icon } from '../controls/icon.tsx';
import { texts } from '../texts.ts';
import { type Answer, isRunning, tally } from './answer-state.ts';

/** One line under an answer: how much of it the docs prove. */
export function Verdict({ answer }: { answer: Answer }) {
  if (isRunning(answer) || answer.text === '' || answer.done?.mode === 'abstained') return null;
  const { all, proven, quoted, checking } = tally(answer.claims);
  if (all === 0) {
    return answer.status === 'done' ? <p class="verdict">{texts.answer.nothingToCheck}</p> : null;
  }
  const isQuoted = answer.done?.mode === 'quoted' && quoted === all;
  const tone = proven === all ? 'is-proven' : 'is-partly';
  return (
    <p class={`verdict ${tone}`}>
      <Icon name={proven === all ? 'check' : 'warning'} />
      {isQuoted ? texts.answer.quoted : texts.answer.supported(proven, all)}
      {checking > 0 && ` · ${texts.answer.checking(checking)}`}
    </p>
  );
}
