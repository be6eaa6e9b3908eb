import type { Container } from '../../manifest/model';
import { FIRST_RESTART_MS } from '../../timing/watches';
import type { CheckStep, Experiment, ExperimentFile } from '../model/experiment';
import type { FaultDefinition } from '../model/fault';
import { runningContainers, type Subject } from '../model/subject';
import { restartDetected } from './steps/detected';
import { recovers } from './steps/recovers';
import { toTargetResult } from './steps/toTargetResult';

const CRASH: FaultDefinition = { fault: 'crash', expected: 'restarted' };

/** Kills the main process of a container. It must be restarted, and the pod must become Ready again. */
export const crashes: ExperimentFile = {
  experimentsFor: (subject) => runningContainers(subject).map((container) => crash(subject, container)),
  fault: CRASH,
};

function crash(subject: Subject, container: Container): Experiment {
  const { name, restartPolicy = subject.pod.spec.restartPolicy } = container;
  const checks =
    restartPolicy === 'Never'
      ? [restartDetected(subject, name)]
      : [restarts(name), recovers(name, { kind: 'crashed', container: name })];
  return {
    name: { kind: 'crashes', container: name },
    fault: { ...CRASH, target: name, container: name },
    steps: [{ do: 'start' }, { do: 'waitUntilReady' }, { do: 'kill', container: name }, ...checks],
  };
}

function restarts(name: string): CheckStep {
  return {
    check: 'liveness-detects-crash',
    about: { kind: 'container', container: name },
    assertion: { kind: 'restarted', container: name },
    window: { kind: 'for', ms: FIRST_RESTART_MS },
    counts: 'action',
    waitingFor: { kind: 'restart', container: name },
    ifFailed: [],
    toResult: (evidence, { from }) =>
      toTargetResult(
        {
          check: 'liveness-detects-crash',
          container: name,
          field: 'spec.restartPolicy',
          passed: (tookMs) => ({ kind: 'restartedAfterCrash', container: name, tookMs }),
          failed: (failure) => ({ kind: 'notRestartedAfterCrash', container: name, result: failure.result }),
          from,
        },
        evidence,
      ),
  };
}
