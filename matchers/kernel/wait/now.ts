import type { AssertionResult } from '../../../src/assertions/assertionResult';
import type { Pod } from '../../../src/manifest/model';
import type { Timeline } from '../../../src/timeline/timeline';
import type { Expectation } from '../../../src/wording/expected/expectation';
import { formatExpected } from '../../../src/wording/expected/format';
import { formatNote } from '../../../src/wording/facts/note';
import { formatReceived } from '../../../src/wording/facts/received';
import { callText } from '../call/call';
import { type Context, type Result, refuse, withoutSecrets } from '../call/context';
import { abortedMessage, failureMessage } from '../call/message';
import { Misuse, misuseMessage } from '../call/misuse';
import { optionsFrom } from '../call/options';
import { podRunOf } from '../call/received';
import type { MatcherSpec } from './podMatcher';

export interface Looking<Options> extends MatcherSpec<Options> {
  readonly expected: (options: Options, pod: Pod) => Expectation;
  readonly evaluate: (timeline: Timeline, options: Options, pod: Pod) => AssertionResult;
  /** The matcher that waits for the same. Absent if there is none. */
  readonly waits?: Waits<Options>;
}

interface Waits<Options> {
  readonly matcher: string;
  /** Pending while a wait could still pass. */
  readonly evaluate: (timeline: Timeline, options: Options, pod: Pod) => AssertionResult;
}

/** Returns a matcher that checks the timeline so far. It does not wait. */
export function now<Options extends object>(matcher: Looking<Options>) {
  return function (this: Context, received: unknown, ...args: readonly unknown[]): Result {
    const call = callText(this, matcher.name, args);
    try {
      const { timeline, broken, pod, hide, ended } = podRunOf(received);
      refuseWithin(args, matcher);
      const options = optionsFrom(args, matcher, pod);
      if (broken) return refuse(this, abortedMessage(this, call, broken.message, timeline));
      const result = matcher.evaluate(timeline, options, pod);
      const { outcome, received: seen } = result;
      if (outcome === 'unknown') return refuse(this, abortedMessage(this, call, formatReceived(seen), timeline));
      const expected = formatExpected(matcher.expected(options, pod), this.isNot ?? false);
      const pass = outcome === 'passed';
      const canWait = !pass && !ended && matcher.waits?.evaluate(timeline, options, pod).outcome === 'pending';
      const notes = canWait ? [formatNote({ kind: 'doesNotWait', ...nameWaiting(matcher) })] : [];
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

function nameWaiting({ name, leading, waits }: Named) {
  return { matcher: name, waiting: `${waits?.matcher}(${leading ? '…' : ''})` };
}

/** @throws Misuse if a matcher that does not wait gets `within`. */
function refuseWithin(args: readonly unknown[], { name, waits }: Named): void {
  const last = args.at(-1);
  if (!waits || typeof last !== 'object' || last === null) return;
  if ('within' in last || 'withinMs' in last)
    throw new Misuse(`${name} does not wait, so it has no within. To wait, use ${waits.matcher}`);
}
