import type { CheckStep } from '../../model/experiment';
import { runningContainers, type Subject } from '../../model/subject';

/** Watches for a restart of one container, or of any, for as long as a probe may take to detect a fault. */
export function restartDetected(subject: Subject, container?: string): CheckStep {
  const names = runningContainers(subject).map(({ name }) => name);
  return {
    check: 'detected',
    assertion: { kind: 'restarted', ...(container !== undefined && { container }) },
    window: { kind: 'fault', containers: container === undefined ? names : [container] },
    counts: 'action',
    waitingFor: { kind: 'detection' },
    ifFailed: [],
  };
}

/** Waits until the pod is Ready again after the restart. */
export function recoveryDetected(container: string): CheckStep {
  return {
    check: 'detected',
    assertion: { kind: 'recovered', container },
    window: { kind: 'ready' },
    counts: 'step',
    waitingFor: { kind: 'readyAgain' },
  };
}
