import { phaseOf } from '../../timeline/condition';
import { historyOf } from '../../timeline/history/podHistory';
import { phaseLimit } from '../../timing/waits';
import { roughly } from '../../wording/roughly';
import type { Experiment, ExperimentFile } from '../model/experiment';
import type { Subject } from '../model/subject';
import { type Evidence, whyOf } from '../model/targetResult';
import { toTargetResult } from './steps/toTargetResult';

/** Runs a pod that is meant to complete until it does. */
export const completes: ExperimentFile = { experimentsFor: (subject) => [complete(subject)] };

function complete({ pod: { spec } }: Subject): Experiment {
  const limit = phaseLimit(spec, 'Succeeded');
  return {
    name: 'runs to completion',
    isPrerequisite: true,
    steps: [
      { do: 'start' },
      {
        check: 'restart-policy',
        assertion: { kind: 'phase', phase: 'Succeeded' },
        window: { kind: 'limit', limit, from: limit.limited ? 'pod' : 'fault' },
        counts: 'pod',
        waitingFor: 'the pod to succeed',
        toResult: (evidence) => {
          if (!limit.limited && isAtWork(evidence)) {
            const sentence = `the pod is still at work after ${roughly(limit.ms)}, and nothing says how long it may be: set activeDeadlineSeconds`;
            return { check: 'restart-policy', outcome: 'notRun', sentence, field: 'spec' };
          }
          return toTargetResult(
            {
              check: 'restart-policy',
              field: 'spec.restartPolicy',
              passed: (took) => `the pod does its work and succeeds after ${took}`,
              failed: (failure) => `the pod would not succeed: ${whyOf(failure)}${again(spec.restartPolicy)}`,
              from: 0,
            },
            evidence,
          );
        },
      },
    ],
  };
}

/** Whether it runs and has never failed: it may only take long. */
function isAtWork({ result, timeline }: Evidence): boolean {
  const hasFailed = historyOf(timeline).exits.some(({ exitCode }) => exitCode !== 0);
  return result.outcome === 'pending' && phaseOf(timeline.status) === 'Running' && !hasFailed;
}

function again(policy: string): string {
  return policy === 'Never'
    ? ' (under Never nothing is tried again in this pod: a Job makes another, up to its backoffLimit)'
    : '';
}
