import type { ChatEvent } from '../../server/events.ts';
import { documentFrom } from './corpus.ts';
import { type Place, type Step, scriptAnswer } from './script-answer.ts';
import { ask, type State } from './state.ts';

export const leaveQuestion = 'How many days of leave do I get?';
export const leave = 'You get 28 days of leave a year.';
export const benefits = 'You get 25 days of leave a year.';

/** Two documents that disagree. */
export const disagreeing = [
  documentFrom('leave.md', `# Leave\n\nAsk your manager two weeks ahead. ${leave}\n`),
  documentFrom(
    'benefits.md',
    `# Benefits\n\nThe gym around the corner is free.\n\n## Time off\n\n${benefits} Unused days expire in March.\n`,
  ),
];

/** An answer that quotes one of them, and is told of the other. */
export function disagreeingAnswer(
  changed = ['2026-03-02T08:00:00.000Z', '2024-06-11T08:00:00.000Z'],
): Step[] {
  const places: Place[] = [
    { path: 'leave.md', anchor: 'leave', excerpt: leave },
    { path: 'benefits.md', anchor: 'time-off', excerpt: benefits },
  ];
  const sides = places.map(({ path, anchor, excerpt }, i) => {
    const start = disagreeing[i]?.source.indexOf(excerpt) ?? 0;
    return {
      n: i + 1,
      path,
      anchor,
      quote: excerpt,
      start,
      end: start + excerpt.length,
      changedAt: changed[i] ?? '',
    };
  });
  const told: ChatEvent = { type: 'disagreement', sides };
  const steps = scriptAnswer(disagreeing, {
    places,
    done: { mode: 'quoted' },
    parts: [{ text: `**Leave**\n\n${leave} [1]`, status: 'quoted', cites: [{ n: 1, quote: leave }] }],
  });
  return [...steps.slice(0, -1), told, ...steps.slice(-1)];
}

export const disagreeingState: State = {
  name: 'disagreement',
  async reach(page, server) {
    server.answerWith(disagreeingAnswer());
    await ask(page, leaveQuestion);
  },
};
