import { survivedOutage } from '../../src/assertions/restarts/survivedOutage';
import { isReady } from '../../src/timeline/condition';
import { historyOf } from '../../src/timeline/history/podHistory';
import type { Timeline } from '../../src/timeline/timeline';
import { readyLimit } from '../../src/timing/waits';
import type { Dependency, WaitablePodRun } from '../../src/waiting/podRun';
import { type WaitResult, waitFor } from '../../src/waiting/waitFor';
import { formatExpected } from '../../src/wording/expected/format';
import { Misuse } from '../kernel/call/misuse';
import { text } from '../kernel/call/options';
import type { StopCause } from '../kernel/framework/pending';
import { WINDOW, type WindowOptions } from '../kernel/wait/always';
import { conclude } from '../kernel/wait/conclude';
import { askedMs } from '../kernel/wait/duration';
import { type MatcherCall, podMatcher } from '../kernel/wait/podMatcher';

interface OutageOptions extends WindowOptions {
  readonly service: string;
}

/**
 * Freezes a service of the pod for `for`, thaws it, and passes if the pod is Ready again in time without a restart. It thaws
 * the service in any case.
 */
export const toSurviveOutageOf = podMatcher<OutageOptions>(
  { name: 'toSurviveOutageOf', leading: ['service'], checks: { service: text, ...WINDOW } },
  async (context, asked) => {
    const { call, podRun, options } = asked;
    const ms = askedMs('for', options.for, options.forMs);
    if (ms === undefined)
      throw new Misuse("toSurviveOutageOf needs a duration, for example toSurviveOutageOf('postgres', { for: '30s' })");
    const recovery = readyLimit(podRun.pod.spec);
    const waitResult = await freezeAndWatch(asked, dependencyOf(podRun, options.service), ms, recovery.ms);
    const { service } = options;
    const expected = formatExpected({ kind: 'surviveOutage', service, windowMs: ms, recovery }, context.isNot ?? false);
    return conclude(context, { call, expected, podRun, waitResult });
  },
);

async function freezeAndWatch(
  { podRun, options: { service }, stopped }: MatcherCall<OutageOptions>,
  dependency: Dependency,
  ms: number,
  recoveryMs: number,
): Promise<WaitResult<StopCause>> {
  const since = historyOf(podRun.timeline).end;
  const evaluate = (isOver: boolean) => (timeline: Timeline) => survivedOutage(timeline, { service, since, isOver });
  await dependency.freeze();
  let outage: WaitResult<StopCause>;
  try {
    outage = await waitFor({ podRun, limit: ms, evaluate: evaluate(false), stopped });
  } finally {
    // After an aborted run there may be nothing to thaw, and the message reports the abort.
    await dependency.thaw().catch((error: unknown) => {
      if (!podRun.broken) throw error;
    });
  }
  if (outage.stop || outage.result.outcome !== 'pending') return outage;
  return waitFor({ podRun, limit: recoveryMs, evaluate: evaluate(true), stopped });
}

/** Returns the service, if the pod is Ready and uses it. */
function dependencyOf(podRun: WaitablePodRun, name: string): Dependency {
  if (!podRun.service) throw new Misuse('toSurviveOutageOf needs a pod with services: runPod(…, { services: { … } })');
  if (podRun.ended) throw new Misuse('toSurviveOutageOf needs a running pod, but this pod has terminated');
  if (!isReady(podRun.timeline.status)) {
    throw new Misuse('toSurviveOutageOf needs a Ready pod. Wait first: await expect(pod).toBecomeReady()');
  }
  try {
    return podRun.service(name);
  } catch (error) {
    throw new Misuse(error instanceof Error ? error.message : String(error));
  }
}
