import { historyOf } from '../../../timeline/history/podHistory';
import { formatReasonOrReceived } from '../../../wording/facts/reason';
import { formatProbeOutput } from '../../../wording/probeOutput';
import type { Evidence } from '../../model/targetResult';
import { oomCause } from './oomCause';

/** What became of a pod that nobody had done anything to: what is unready was often killed, or has ended, just before. */
export function disturbanceCause(evidence: Evidence): string {
  const { timeline, result, pod } = evidence;
  const killed = oomCause(evidence);
  if (killed !== undefined) return killed;
  const killing = historyOf(timeline).killings.findLast(({ probe }) => probe !== undefined);
  if (killing) {
    const { container, probe } = killing;
    const last = historyOf(timeline).attempts.findLast(
      (each) => each.container === container && each.probe === probe && each.result === 'Failure',
    );
    return `${container} would be killed by its own ${probe} probe${last ? `: ${formatProbeOutput(last)}` : ''}`;
  }
  const exited = historyOf(timeline).exits.findLast(({ container }) => {
    return pod.spec.containers.some(({ name }) => name === container);
  });
  if (!exited) return formatReasonOrReceived(result);
  const { container, exitCode } = exited;
  return `${container} ends by itself, with exit code ${exitCode}`;
}
