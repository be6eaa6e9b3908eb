import { historyOf } from '../../../timeline/history/podHistory';
import type { Disturbance } from '../../../wording/gate/results/disturbances';
import type { Evidence } from '../../model/targetResult';
import { probeOutputOf } from '../observations/probes';
import { oomCause } from './oomCause';

/** Returns why an undisturbed pod is not Ready. An unready container was often killed, or exited, just before. */
export function disturbanceCause(evidence: Evidence): Disturbance {
  const { timeline, pod } = evidence;
  const oom = oomCause(evidence);
  if (oom) return oom;
  const { container: killed, probe } = historyOf(timeline).killings.findLast((each) => each.probe !== undefined) ?? {};
  if (killed !== undefined && probe) {
    const last = historyOf(timeline).attempts.findLast(
      (each) => each.container === killed && each.probe === probe && each.result === 'Failure',
    );
    return { kind: 'killedByProbe', container: killed, probe, ...(last && { attempt: probeOutputOf(last) }) };
  }
  const exited = historyOf(timeline).exits.findLast(({ container }) => {
    return pod.spec.containers.some(({ name }) => name === container);
  });
  if (!exited) return { kind: 'reported', result: evidence.result };
  const { container, exitCode } = exited;
  return { kind: 'exited', container, exitCode };
}
