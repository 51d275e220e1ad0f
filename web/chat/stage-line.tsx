import { texts } from '../texts.ts';
import { type Answer, isRunning } from './answer-state.ts';

function stageText(answer: Answer): string {
  const stage = answer.stage;
  if (!stage) return texts.stages.waiting;
  return stage.stage === 'reading' ? texts.stages.reading(stage.sections) : texts.stages[stage.stage];
}

/** What is being done for an answer that still comes. */
export function StageLine({ answer }: { answer: Answer }) {
  if (!isRunning(answer)) return null;
  return (
    <p class="stage">
      <span class="stage-dot" aria-hidden="true" />
      {stageText(answer)}
    </p>
  );
}
