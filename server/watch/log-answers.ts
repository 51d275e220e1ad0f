import { asDocentError } from '../../knowledge/errors.ts';
import type { Answer } from '../answer/answer.ts';
import type { AnswerEntry, Log } from '../log.ts';

/** The same answers, each logged when it has ended; its question only where `questions` says so. */
export function logAnswers(answer: Answer, log: Log, { questions }: { questions: boolean }): Answer {
  return async function* logged(request, options) {
    const began = performance.now();
    let outcome: Partial<AnswerEntry> = { mode: 'aborted' };
    try {
      for await (const event of answer(request, options)) {
        if (event.type === 'done') {
          outcome = { mode: event.mode, score: event.score, version: event.version, timings: event.timings };
        }
        yield event;
      }
    } catch (error) {
      outcome = options.signal.aborted ? outcome : { mode: 'failed', code: asDocentError(error).code };
      throw error;
    } finally {
      log.answer({
        ...outcome,
        ms: Math.round(performance.now() - began),
        ...(options.askedBy !== undefined && { asker: options.askedBy }),
        ...(options.requestId !== undefined && { id: options.requestId }),
        ...(questions && { question: request.messages.at(-1)?.content ?? '' }),
      });
    }
  };
}
