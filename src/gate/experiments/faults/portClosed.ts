import type { Container } from '../../../manifest/model';
import type { Experiment, ExperimentFile } from '../../model/experiment';
import type { FaultDefinition } from '../../model/fault';
import { runningContainers, type Subject } from '../../model/subject';
import { recoveryDetected, restartDetected } from '../steps/detected';

const PORT_CLOSED: FaultDefinition = {
  fault: 'port closed',
  how: 'the network of the pod is cut: nothing outside a process can close its port, and for clients it is the same',
  right: 'its liveness probe has it restarted, and the pod is Ready again',
  expected: 'restartedByLiveness',
};

/** Cuts the network of the pod. */
export const portClosed: ExperimentFile = {
  experimentsFor: (subject) => runningContainers(subject).map((container) => closed(subject, container)),
  fault: PORT_CLOSED,
};

function closed(subject: Subject, container: Container): Experiment {
  const { name, ports = [], livenessProbe, readinessProbe } = container;
  const isProbed = [livenessProbe, readinessProbe].some((probe) => probe?.httpGet ?? probe?.tcpSocket ?? probe?.grpc);
  return {
    name: `${name} without its port`,
    fault: { ...PORT_CLOSED, target: name, container: name },
    notApplicable: ports.length > 0 || isProbed ? undefined : `${name} has no port`,
    steps: [
      { do: 'start' },
      { do: 'waitUntilReady' },
      { do: 'disconnect' },
      restartDetected(subject, name),
      { finally: { do: 'reconnect' } },
      recoveryDetected(name),
    ],
  };
}
