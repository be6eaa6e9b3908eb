import { containerNamed } from '../../../manifest/model';
import { limitsOf } from '../../../manifest/podLimits';
import type { Evidence } from '../../model/targetResult';

/** What became of a pod that nobody had done anything to: what is unready was often killed, or has ended, just before. */
export function disturbanceCause({ timeline, judgement, pod }: Evidence): string {
  const killing = timeline.of('Killing').findLast(({ probe }) => probe !== undefined);
  if (killing) {
    const { container, probe } = killing;
    const last = timeline
      .of('ProbeFinished')
      .findLast((each) => each.container === container && each.probe === probe && each.result === 'Failure');
    return `${container} would be killed by its own ${probe} probe${last ? `: ${last.output}` : ''}`;
  }
  const exited = timeline.of('ContainerExited').findLast(({ container }) => {
    return pod.spec.containers.some(({ name }) => name === container);
  });
  if (!exited) return judgement.why ?? judgement.received;
  const { container, exitCode, reason } = exited;
  if (reason !== 'OOMKilled') return `${container} ends by itself, with exit code ${exitCode}`;
  const stopped = containerNamed(pod.spec, container);
  const limit = stopped && limitsOf(stopped, pod.spec).memory;
  return `${container} would be killed for want of memory${limit ? `, at its limit of ${limit}` : ''}`;
}
