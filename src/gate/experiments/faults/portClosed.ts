import type { Container } from '../../../manifest/model';
import type { Experiment, ExperimentFile } from '../../model/experiment';
import type { FaultDefinition } from '../../model/fault';
import { runningContainers, type Subject } from '../../model/subject';
import { recoveryDetected, restartDetected } from '../steps/detected';

const PORT_CLOSED: FaultDefinition = { fault: 'portClosed', expected: 'restartedByLiveness' };

/** Cuts the network of the pod. */
export const portClosed: ExperimentFile = {
  experimentsFor: (subject) => runningContainers(subject).map((container) => closePort(subject, container)),
  fault: PORT_CLOSED,
};

function closePort(subject: Subject, container: Container): Experiment {
  const { name, ports = [], livenessProbe, readinessProbe } = container;
  const isProbed = [livenessProbe, readinessProbe].some((probe) => probe?.httpGet ?? probe?.tcpSocket ?? probe?.grpc);
  return {
    name: { kind: 'portClosed', container: name },
    fault: { ...PORT_CLOSED, target: name, container: name },
    notApplicable: ports.length > 0 || isProbed ? undefined : { kind: 'noPort', container: name },
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
