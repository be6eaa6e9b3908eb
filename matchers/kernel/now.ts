import type { Judgement } from '../../src/judgements/judgement';
import type { Pod } from '../../src/manifest/model';
import type { Timeline } from '../../src/timeline/timeline';
import { callText } from './call';
import { type Context, type Result, refuse, withoutSecrets } from './context';
import { brokenMessage, failureMessage } from './message';
import { Misuse, misuseMessage } from './misuse';
import type { Asking } from './ofPod';
import { optionsFrom } from './options';
import { rehearsalOf } from './received';

export interface Looking<Options> extends Asking<Options> {
  /** What is asked for, as it reads after `Expected:`. */
  readonly expected: (options: Options) => string;
  /** The same under `.not`. */
  readonly unexpected: (options: Options) => string;
  readonly judge: (timeline: Timeline, options: Options, pod: Pod) => Judgement;
}

/** A matcher that judges the record as it stands; it waits for nothing. */
export function now<Options extends object>(matcher: Looking<Options>) {
  return function (this: Context, received: unknown, ...args: readonly unknown[]): Result {
    const call = callText(this, matcher.name, args);
    try {
      const { timeline, broken, pod, hide } = rehearsalOf(received);
      const options = optionsFrom(args, matcher, pod);
      if (broken) return refuse(this, brokenMessage(this, call, broken.message, timeline));
      const judgement = matcher.judge(timeline, options, pod);
      const { outcome, received: seen } = judgement;
      if (outcome === 'broken') return refuse(this, brokenMessage(this, call, seen, timeline));
      const expected = (this.isNot ? matcher.unexpected : matcher.expected)(options);
      const message = () => failureMessage(this, { call, expected, judgement, timeline, pod });
      return withoutSecrets({ pass: outcome === 'holds', message }, { hide });
    } catch (error) {
      if (error instanceof Misuse) return refuse(this, misuseMessage(this, call, error));
      throw error;
    }
  };
}
