import { historyOf } from '../../timeline/history/podHistory';
import type { Since } from '../../timeline/since';
import type { Timeline } from '../../timeline/timeline';
import { type AssertionResult, makeFailed, makePending } from '../assertionResult';

/** Fails when the kubelet kills one of these containers after `since` because of its liveness or startup probe. */
export function keptByProbes(timeline: Timeline, since: Since, containers: readonly string[]): AssertionResult {
  const history = historyOf(timeline);
  const killing = history
    .from(since, history.killings)
    .find(({ probe, container = '' }) => probe !== undefined && containers.includes(container));
  const { container, probe } = killing ?? {};
  if (container === undefined || probe === undefined) return makePending('noneKilled');
  return makeFailed(killing, { kind: 'probeKill', container, probe });
}
