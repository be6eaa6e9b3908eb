import type { Judgement } from '../../src/judgements/judgement';
import type { Timeline } from '../../src/timeline/timeline';
import { callText } from './call';
import { type Context, type Result, refuse } from './context';
import { brokenMessage, failureMessage } from './message';
import { Misuse, misuseMessage } from './misuse';
import { rehearsalOf } from './received';

export interface Asking<Args extends readonly unknown[]> {
  readonly name: string;
  /** What is asked for, as it reads after `Expected:`. */
  readonly expected: (...args: Args) => string;
  /** The same under `.not`. */
  readonly unexpected: (...args: Args) => string;
  readonly judge: (timeline: Timeline, ...args: Args) => Judgement;
}

/** A matcher that judges the record as it stands; it waits for nothing. */
export function now<Args extends readonly unknown[]>({ name, expected, unexpected, judge }: Asking<Args>) {
  return function (this: Context, received: unknown, ...args: Args): Result {
    const call = callText(this, name, args);
    try {
      const { timeline, broken } = rehearsalOf(received);
      if (broken) return refuse(this, brokenMessage(this, call, broken.message, timeline));
      const judgement = judge(timeline, ...args);
      const { outcome, received: seen } = judgement;
      if (outcome === 'broken') return refuse(this, brokenMessage(this, call, seen, timeline));
      const asked = (this.isNot ? unexpected : expected)(...args);
      const message = () => failureMessage(this, { call, expected: asked, judgement, timeline });
      return { pass: outcome === 'holds', message };
    } catch (error) {
      if (error instanceof Misuse) return refuse(this, misuseMessage(this, call, error));
      throw error;
    }
  };
}
