import type { Pod } from '../../../src/manifest/model';
import type { WaitablePodRun } from '../../../src/waiting/podRun';
import { callText } from '../call/call';
import { type Context, type Result, refuse, withoutSecrets } from '../call/context';
import { Misuse, misuseMessage } from '../call/misuse';
import { type Checks, optionsFrom } from '../call/options';
import { podRunOf } from '../call/received';
import { beginWait, type StopCause } from '../framework/pending';
import { awaitPod } from './awaitPod';

/** Signature of a matcher of a pod. */
export interface MatcherSpec<Options> {
  readonly name: string;
  /** The positional arguments, by name: `phase` in `toReachPhase('Running', { within: '5s' })`. */
  readonly leading?: readonly (keyof Options & string)[];
  /** Check of each option. No other options exist. */
  readonly checks: Checks<Options>;
  /** True if it accepts the promise of a pod, which `pod.delete()` returns. */
  readonly takesPromise?: boolean;
  /** Returns the problem if the options do not fit the pod. */
  readonly misfit?: (options: Options, pod: Pod) => string | undefined;
}

/** A call of a matcher that waits. */
export interface MatcherCall<Options> {
  /** The call as the test wrote it. */
  readonly call: string;
  readonly podRun: WaitablePodRun;
  readonly options: Options;
  /** Resolves when the wait is stopped. */
  readonly stopped: Promise<StopCause>;
}

/** Returns an asynchronous matcher of a pod. The registry contains it until it has a result. */
export function podMatcher<Options extends object>(
  spec: MatcherSpec<Options>,
  evaluate: (context: Context, call: MatcherCall<Options>) => Promise<Result>,
) {
  async function run(this: Context, received: unknown, ...args: readonly unknown[]): Promise<Result> {
    const call = callText(this, spec.name, args);
    const wait = beginWait(`expect(pod)${this.isNot ? '.not' : ''}.${spec.name}()`);
    try {
      const given = spec.takesPromise ? await awaitPod(this, call, received, wait.stopped) : { pod: received };
      if ('result' in given) return given.result;
      const podRun = podRunOf(given.pod);
      const options = optionsFrom(args, spec, podRun.pod);
      return withoutSecrets(await evaluate(this, { call, podRun, options, stopped: wait.stopped }), podRun);
    } catch (error) {
      if (error instanceof Misuse) return refuse(this, misuseMessage(this, call, error));
      throw error;
    } finally {
      wait.over();
    }
  }
  return function (this: Context, received: unknown, ...args: readonly unknown[]): Promise<Result> {
    if (isAsymmetric(this)) throw new Misuse(rejectAsymmetric(spec.name));
    return run.call(this, received, ...args);
  };
}

/** True for the asymmetric form. Jest does not await it, so it would always pass under `.not`. */
function isAsymmetric({ promise }: Context): boolean {
  return promise === undefined;
}

function rejectAsymmetric(name: string): string {
  return `expect.${name}() is asynchronous, so it cannot be an asymmetric matcher. Use await expect(pod).${name}()`;
}
