import { inspect } from 'node:util';
import { survivedOutage } from '../../src/assertions/restarts/survivedOutage';
import { isReady } from '../../src/timeline/condition';
import { historyOf } from '../../src/timeline/history/podHistory';
import type { Timeline } from '../../src/timeline/timeline';
import { readyLimit } from '../../src/timing/waits';
import type { Dependency, WaitablePodRun } from '../../src/waiting/podRun';
import { type WaitResult, waitFor } from '../../src/waiting/waitFor';
import { formatDuration } from '../../src/wording/durations';
import { formatLimit } from '../../src/wording/limit';
import { Misuse } from '../kernel/call/misuse';
import { text } from '../kernel/call/options';
import type { StopCause } from '../kernel/framework/pending';
import { type AskedWindow, WINDOW } from '../kernel/wait/always';
import { conclude } from '../kernel/wait/conclude';
import { askedMs } from '../kernel/wait/duration';
import { type MatcherCall, podMatcher } from '../kernel/wait/podMatcher';

interface OutageOptions extends AskedWindow {
  readonly service: string;
}

/**
 * Freezes what the pod talks to for the whole of `for`, thaws it, and holds when the pod is Ready again in time, with no
 * restart of any container since. Whatever comes of it, the service is thawed.
 */
export const toSurviveOutageOf = podMatcher<OutageOptions>(
  { name: 'toSurviveOutageOf', leading: ['service'], checks: { service: text, ...WINDOW } },
  async (context, asked) => {
    const { call, rehearsal, options } = asked;
    const ms = askedMs('for', options.for, options.forMs);
    if (ms === undefined)
      throw new Misuse("it has to be told for how long: toSurviveOutageOf('postgres', { for: '30s' })");
    const recovery = readyLimit(rehearsal.pod.spec);
    const waitResult = await rehearse(asked, surroundingOf(rehearsal, options.service), ms, recovery.ms);
    const expected = (context.isNot ? unexpected : hoped)(options.service, formatDuration(ms), formatLimit(recovery));
    return conclude(context, { call, expected, rehearsal, waitResult });
  },
);

async function rehearse(
  { rehearsal, options: { service }, stopped }: MatcherCall<OutageOptions>,
  surrounding: Dependency,
  ms: number,
  recoveryMs: number,
): Promise<WaitResult<StopCause>> {
  const since = historyOf(rehearsal.timeline).end;
  const evaluate = (isOver: boolean) => (timeline: Timeline) => survivedOutage(timeline, { service, since, isOver });
  await surrounding.freeze();
  let outage: WaitResult<StopCause>;
  try {
    outage = await waitFor({ rehearsal, limit: ms, evaluate: evaluate(false), stopped });
  } finally {
    // Of a run that broke nobody may be left to do it; what broke it is told.
    await surrounding.thaw().catch((error: unknown) => {
      if (!rehearsal.broken) throw error;
    });
  }
  if (outage.stop || outage.result.outcome !== 'pending') return outage;
  return waitFor({ rehearsal, limit: recoveryMs, evaluate: evaluate(true), stopped });
}

/** What is to be taken away from a pod that has it, and is well. */
function surroundingOf(rehearsal: WaitablePodRun, name: string): Dependency {
  if (!rehearsal.service) throw new Misuse('it is for pods that talk to something: runPod(…, { services: { … } })');
  if (rehearsal.ended) throw new Misuse('the pod is gone: there is nothing to survive any more');
  if (!isReady(rehearsal.timeline.status)) {
    const right = 'await expect(pod).toBecomeReady() before it';
    throw new Misuse(`the pod is not Ready, so an outage of ${inspect(name)} would show nothing; ${right}`);
  }
  try {
    return rehearsal.service(name);
  } catch (error) {
    throw new Misuse(error instanceof Error ? error.message : String(error));
  }
}

function hoped(service: string, outage: string, recovery: string): string {
  return `no restart while ${service} is frozen for ${outage}, and Ready within ${recovery} of its return`;
}

function unexpected(service: string, outage: string, recovery: string): string {
  return `a restart while ${service} is frozen for ${outage}, or not Ready within ${recovery} of its return`;
}
