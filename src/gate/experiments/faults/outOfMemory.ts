import type { Container } from '../../../manifest/model';
import { clientsOf } from '../../model/clients';
import type { Experiment, ExperimentFile } from '../../model/experiment';
import type { FaultDefinition } from '../../model/fault';
import { runningContainers, type Subject } from '../../model/subject';
import { recoveryDetected, restartDetected } from '../steps/detected';

const OUT_OF_MEMORY: FaultDefinition = { fault: 'outOfMemory', expected: 'restarted' };

/** Lowers the memory limit of a container until the kernel kills it. */
export const outOfMemory: ExperimentFile = {
  experimentsFor: (subject) => runningContainers(subject).map((container) => exceedLimit(subject, container)),
  fault: OUT_OF_MEMORY,
};

function exceedLimit(subject: Subject, { name, resources }: Container): Experiment {
  const memory = resources?.limits?.memory;
  const [client] = clientsOf(subject);
  return {
    name: { kind: 'outOfMemory', container: name },
    fault: { ...OUT_OF_MEMORY, target: name, container: name },
    notApplicable: memory === undefined ? { kind: 'noMemoryLimit', container: name } : undefined,
    steps: [
      { do: 'start' },
      { do: 'waitUntilReady' },
      { do: 'limitMemory', container: name, memory: memory ?? '', ...(client && { client }) },
      restartDetected(subject, name),
      recoveryDetected(name),
    ],
  };
}
