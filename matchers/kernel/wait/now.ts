import type { AssertionResult } from '../../../src/assertions/assertionResult';
import type { Pod } from '../../../src/manifest/model';
import type { Timeline } from '../../../src/timeline/timeline';
import { formatReceived } from '../../../src/wording/facts/received';
import { callText } from '../call/call';
import { type Context, type Result, refuse, withoutSecrets } from '../call/context';
import { brokenMessage, failureMessage } from '../call/message';
import { Misuse, misuseMessage } from '../call/misuse';
import { optionsFrom } from '../call/options';
import { podRunOf } from '../call/received';
import type { MatcherSpec } from './podMatcher';

export interface Looking<Options> extends MatcherSpec<Options> {
  /** What is asked for, as it reads after `Expected:`. */
  readonly expected: (options: Options) => string;
  /** The same under `.not`. */
  readonly unexpected: (options: Options) => string;
  readonly evaluate: (timeline: Timeline, options: Options, pod: Pod) => AssertionResult;
  /** The matcher that waits for the same, where there is one. */
  readonly waits?: Waits<Options>;
}

interface Waits<Options> {
  readonly matcher: string;
  /** Pending while a wait could still end well. */
  readonly evaluate: (timeline: Timeline, options: Options, pod: Pod) => AssertionResult;
}

/** A matcher that judges the record as it stands; it waits for nothing. */
export function now<Options extends object>(matcher: Looking<Options>) {
  return function (this: Context, received: unknown, ...args: readonly unknown[]): Result {
    const call = callText(this, matcher.name, args);
    try {
      const { timeline, broken, pod, hide, ended } = podRunOf(received);
      refuseWithin(args, matcher);
      const options = optionsFrom(args, matcher, pod);
      if (broken) return refuse(this, brokenMessage(this, call, broken.message, timeline));
      const result = matcher.evaluate(timeline, options, pod);
      const { outcome, received: seen } = result;
      if (outcome === 'unknown') return refuse(this, brokenMessage(this, call, formatReceived(seen), timeline));
      const expected = (this.isNot ? matcher.unexpected : matcher.expected)(options);
      const pass = outcome === 'passed';
      const mayCome = !pass && !ended && matcher.waits?.evaluate(timeline, options, pod).outcome === 'pending';
      const notes = mayCome ? [hint(matcher)] : [];
      const message = () => failureMessage(this, { call, expected, result, timeline, pod, notes });
      return withoutSecrets({ pass, message }, { hide });
    } catch (error) {
      if (error instanceof Misuse) return refuse(this, misuseMessage(this, call, error));
      throw error;
    }
  };
}

type Named = Pick<Looking<object>, 'name'> & { readonly leading?: readonly string[] } & {
  readonly waits?: Pick<Waits<object>, 'matcher'>;
};

function hint({ name, leading, waits }: Named): string {
  return `${name} does not wait. To wait, write await expect(pod).${waits?.matcher}(${leading ? '…' : ''}).`;
}

/** @throws Misuse when a matcher that does not wait is called with the options of one that does. */
function refuseWithin(args: readonly unknown[], { name, waits }: Named): void {
  const last = args.at(-1);
  if (!waits || typeof last !== 'object' || last === null) return;
  if ('within' in last || 'withinMs' in last)
    throw new Misuse(`${name} does not wait and has no within. Use ${waits.matcher}, which waits`);
}
