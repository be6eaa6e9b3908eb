import type { CheckStep } from '../../model/experiment';
import { whyOf } from '../../model/targetResult';
import { toTargetResult } from './toTargetResult';

/** The pod is Ready again after a fault, with every restart that it led to. `fault` is `web hung`. */
export function recovers(container: string, fault: string): CheckStep {
  return {
    check: 'recovers',
    about: container,
    assertion: { kind: 'recovered', container },
    window: { kind: 'ready' },
    counts: 'step',
    waitingFor: `the pod to be Ready again after ${fault}`,
    toResult: (evidence, { from }) =>
      toTargetResult(
        {
          check: 'recovers',
          container,
          cause: 'does-not-start-again',
          passed: (took) => `${took} after ${fault}, the pod is Ready again`,
          failed: (record) => `the pod is not Ready again after ${fault}: ${whyOf(record)}`,
          saysReceived: true,
          from,
        },
        evidence,
      ),
  };
}
