import type { FaultEffect } from '../../../wording/gate/progress/effects';
import type { CheckStep } from '../../model/experiment';
import { toTargetResult } from './toTargetResult';

/** Checks that the pod is Ready again after a fault and its restarts. */
export function recovers(container: string, effect: FaultEffect): CheckStep {
  return {
    check: 'recovers',
    about: { kind: 'container', container },
    assertion: { kind: 'recovered', container },
    window: { kind: 'ready' },
    counts: 'step',
    waitingFor: { kind: 'readyAgain', after: effect },
    toResult: (evidence, { from }) =>
      toTargetResult(
        {
          check: 'recovers',
          container,
          cause: 'does-not-start-again',
          passed: (tookMs) => ({ kind: 'readyAgain', effect, tookMs }),
          failed: (record) => ({ kind: 'notReadyAgain', effect, result: record.result }),
          saysReceived: true,
          from,
        },
        evidence,
      ),
  };
}
