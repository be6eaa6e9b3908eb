import type { Container } from '../../../manifest/model';
import type { Experiment, ExperimentFile } from '../../model/experiment';
import type { FaultDefinition } from '../../model/fault';
import { runningContainers, type Subject } from '../../model/subject';
import { restartDetected } from '../steps/detected';

const CPU_THROTTLED: FaultDefinition = { fault: 'cpuThrottled', expected: 'notRestarted' };

/** Limits the CPU of a container to its request, which is all that a busy node guarantees. */
export const cpuThrottled: ExperimentFile = {
  experimentsFor: (subject) => runningContainers(subject).map((container) => throttleCPU(subject, container)),
  fault: CPU_THROTTLED,
};

function throttleCPU(subject: Subject, { name, resources }: Container): Experiment {
  const cpu = resources?.requests?.cpu;
  return {
    name: { kind: 'cpuThrottled', container: name },
    fault: { ...CPU_THROTTLED, target: name, container: name },
    notApplicable: cpu === undefined ? { kind: 'noCPURequest', container: name } : undefined,
    steps: [
      { do: 'start' },
      { do: 'waitUntilReady' },
      { do: 'limitCPU', container: name, cpu: cpu ?? '' },
      restartDetected(subject, name),
    ],
  };
}
