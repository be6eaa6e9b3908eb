import { historyOf } from '../../../timeline/history/podHistory';
import type { Disturbance } from '../../../wording/gate/results/disturbances';
import { formatProbeOutput } from '../../../wording/probeOutput';
import { type Evidence, whyOf } from '../../model/targetResult';
import { oomCause } from './oomCause';

/** What became of a pod that nobody had done anything to: what is unready was often killed, or has ended, just before. */
export function disturbanceCause(evidence: Evidence): Disturbance {
  const { timeline, pod } = evidence;
  const oom = oomCause(evidence);
  if (oom) return oom;
  const { container: killed, probe } = historyOf(timeline).killings.findLast((each) => each.probe !== undefined) ?? {};
  if (killed !== undefined && probe) {
    const last = historyOf(timeline).attempts.findLast(
      (each) => each.container === killed && each.probe === probe && each.result === 'Failure',
    );
    return { kind: 'killedByProbe', container: killed, probe, ...(last && { output: formatProbeOutput(last) }) };
  }
  const exited = historyOf(timeline).exits.findLast(({ container }) => {
    return pod.spec.containers.some(({ name }) => name === container);
  });
  if (!exited) return { kind: 'reported', why: whyOf(evidence) };
  const { container, exitCode } = exited;
  return { kind: 'exited', container, exitCode };
}
