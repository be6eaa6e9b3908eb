import type { Pod } from '../../../src/manifest/model';
import type { WaitablePodRun } from '../../../src/waiting/podRun';
import { callText } from '../call/call';
import { type Context, type Result, refuse, withoutSecrets } from '../call/context';
import { Misuse, misuseMessage } from '../call/misuse';
import { type Checks, optionsFrom } from '../call/options';
import { podRunOf } from '../call/received';
import { beginWait, type StopCause } from '../framework/pending';
import { awaitPod } from './awaitPod';

/** What every matcher about a pod has: how it is called. */
export interface MatcherSpec<Options> {
  readonly name: string;
  /** The options that are written without their names, before the others: `toReachPhase('Running', { within: '5s' })`. */
  readonly leading?: readonly (keyof Options & string)[];
  /** How the value of each option is checked; there are no others. */
  readonly checks: Checks<Options>;
  /** Whether the promise of a pod may stand for it, as `pod.delete()` returns one. */
  readonly takesPromise?: boolean;
  /** What is wrong with asking this of that pod; undefined when nothing is. */
  readonly misfit?: (options: Options, pod: Pod) => string | undefined;
}

/** A call of a matcher that waits. */
export interface MatcherCall<Options> {
  /** As it stands in the test. */
  readonly call: string;
  readonly rehearsal: WaitablePodRun;
  readonly options: Options;
  /** Resolves when the wait is ended from outside. */
  readonly stopped: Promise<StopCause>;
}

/** A matcher about a pod that takes its time: it is on the books until it has answered. */
export function podMatcher<Options extends object>(
  asking: MatcherSpec<Options>,
  answer: (context: Context, asked: MatcherCall<Options>) => Promise<Result>,
) {
  async function ask(this: Context, received: unknown, ...args: readonly unknown[]): Promise<Result> {
    const call = callText(this, asking.name, args);
    const wait = beginWait(`expect(pod)${this.isNot ? '.not' : ''}.${asking.name}()`);
    try {
      const given = asking.takesPromise ? await awaitPod(this, call, received, wait.stopped) : { pod: received };
      if ('result' in given) return given.result;
      const rehearsal = podRunOf(given.pod);
      const options = optionsFrom(args, asking, rehearsal.pod);
      return withoutSecrets(await answer(this, { call, rehearsal, options, stopped: wait.stopped }), rehearsal);
    } catch (error) {
      if (error instanceof Misuse) return refuse(this, misuseMessage(this, call, error));
      throw error;
    } finally {
      wait.over();
    }
  }
  return function (this: Context, received: unknown, ...args: readonly unknown[]): Promise<Result> {
    if (standsForValue(this)) throw new Misuse(asymmetric(asking.name));
    return ask.call(this, received, ...args);
  };
}

/** `expect.extend` makes an asymmetric matcher of each, whose answer is not awaited: under `.not` it would always pass. */
function standsForValue({ promise }: Context): boolean {
  return promise === undefined;
}

function asymmetric(name: string): string {
  return `expect.${name}() stands for a value, and no value is awaited: write await expect(pod).${name}()`;
}
