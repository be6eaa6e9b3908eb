import { phaseOf } from '../../timeline/condition';
import { historyOf } from '../../timeline/history/podHistory';
import { phaseLimit } from '../../timing/waits';
import type { Experiment, ExperimentFile } from '../model/experiment';
import type { Subject } from '../model/subject';
import type { Evidence } from '../model/targetResult';
import { toTargetResult } from './steps/toTargetResult';

/** Runs a pod that is meant to complete until it does. */
export const completes: ExperimentFile = { experimentsFor: (subject) => [complete(subject)] };

function complete({ pod: { spec } }: Subject): Experiment {
  const limit = phaseLimit(spec, 'Succeeded');
  return {
    name: { kind: 'runsToCompletion' },
    isPrerequisite: true,
    steps: [
      { do: 'start' },
      {
        check: 'restart-policy',
        assertion: { kind: 'phase', phase: 'Succeeded' },
        window: { kind: 'limit', limit, from: limit.limited ? 'pod' : 'fault' },
        counts: 'pod',
        waitingFor: { kind: 'success' },
        toResult: (evidence) => {
          if (!limit.limited && isAtWork(evidence)) {
            const message = { kind: 'stillRunning', afterMs: limit.ms } as const;
            return { check: 'restart-policy', outcome: 'notRun', message, field: 'spec' };
          }
          return toTargetResult(
            {
              check: 'restart-policy',
              field: 'spec.restartPolicy',
              passed: (tookMs) => ({ kind: 'completed', tookMs }),
              failed: (failure) => ({
                kind: 'notCompleted',
                result: failure.result,
                isFinal: spec.restartPolicy === 'Never',
              }),
              from: 0,
            },
            evidence,
          );
        },
      },
    ],
  };
}

/** True if the pod runs and no container has failed, so it may only need more time. */
function isAtWork({ result, timeline }: Evidence): boolean {
  const hasFailed = historyOf(timeline).exits.some(({ exitCode }) => exitCode !== 0);
  return result.outcome === 'pending' && phaseOf(timeline.status) === 'Running' && !hasFailed;
}
