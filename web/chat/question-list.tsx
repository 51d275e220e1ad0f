import { useApp } from '../app-context.ts';
import { Icon } from '../controls/icon.tsx';

/** Questions to choose from; choosing one asks it. */
export function QuestionList({ questions }: { questions: readonly string[] }) {
  const { conversation } = useApp();
  return (
    <ul>
      {questions.map((question) => (
        <li key={question}>
          <button type="button" class="suggestion" dir="auto" onClick={() => conversation.ask(question)}>
            {question}
            <Icon name="next" />
          </button>
        </li>
      ))}
    </ul>
  );
}
