import type { Container } from '../../manifest/model';
import { FIRST_RESTART_MS } from '../../timing/watches';
import type { CheckStep, Experiment, ExperimentFile } from '../model/experiment';
import type { FaultDefinition } from '../model/fault';
import { runningContainers, type Subject } from '../model/subject';
import { whyOf } from '../model/targetResult';
import { restartDetected } from './steps/detected';
import { recovers } from './steps/recovers';
import { toTargetResult } from './steps/toTargetResult';

const CRASH: FaultDefinition = {
  fault: 'crash',
  how: 'its main process is killed',
  right: 'it is restarted, and the pod Ready again',
  expected: 'restarted',
};

/** Kills the main process of a container. It must be restarted, and the pod must become Ready again. */
export const crashes: ExperimentFile = {
  experimentsFor: (subject) => runningContainers(subject).map((container) => crash(subject, container)),
  reasons: {
    'liveness-detects-crash': 'no container is restarted: each has a restartPolicy of its own that says so',
  },
  fault: CRASH,
};

function crash(subject: Subject, container: Container): Experiment {
  const { name, restartPolicy = subject.pod.spec.restartPolicy } = container;
  const checks =
    restartPolicy === 'Never' ? [restartDetected(subject, name)] : [restarts(name), recovers(name, `${name} crashed`)];
  return {
    name: `${name} crashes`,
    tried: `${name} killed`,
    fault: { ...CRASH, target: name, container: name },
    steps: [{ do: 'start' }, { do: 'waitUntilReady' }, { do: 'kill', container: name }, ...checks],
  };
}

function restarts(name: string): CheckStep {
  return {
    check: 'liveness-detects-crash',
    about: name,
    assertion: { kind: 'restarted', container: name },
    window: { kind: 'for', ms: FIRST_RESTART_MS },
    counts: 'action',
    waitingFor: `${name} to be restarted`,
    ifFailed: [],
    toResult: (evidence, { from }) =>
      toTargetResult(
        {
          check: 'liveness-detects-crash',
          container: name,
          field: 'spec.restartPolicy',
          passed: (took) => `when ${name} crashes, it is restarted after ${took}`,
          failed: (failure) => `when ${name} crashes, it is not restarted: ${whyOf(failure)}`,
          from,
        },
        evidence,
      ),
  };
}
