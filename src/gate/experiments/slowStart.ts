import type { Container, Probe } from '../../manifest/model';
import { isA } from '../../timeline/event';
import { probeTiming } from '../../timing/probeTiming';
import { slowStartMs } from '../../timing/watches';
import type { CheckMessage } from '../../wording/gate/results/checkMessage';
import type { CheckStep, Experiment, ExperimentFile } from '../model/experiment';
import { pathOf, runningContainers, type Subject } from '../model/subject';
import type { Evidence, TargetResult } from '../model/targetResult';
import { toTargetResult } from './steps/toTargetResult';

/**
 * Freezes a container as soon as it runs, for half of the start that its startup probe allows. If the probe allows no slow
 * start, the steady state shows whether the app is quick enough.
 */
export const slowStart: ExperimentFile = {
  experimentsFor: (subject) => runningContainers(subject).flatMap((container) => slow(subject, container) ?? []),
};

function slow(subject: Subject, { name, startupProbe }: Container): Experiment | undefined {
  const slowMs = startupProbe && slowStartMs(startupProbe);
  if (!startupProbe || slowMs === undefined) return undefined;
  const start = { subject, name, startupProbe, slowMs };
  return {
    name: { kind: 'startsSlowly', container: name },
    steps: [
      { do: 'start' },
      { do: 'waitUntilRunning', container: name },
      { do: 'freeze', container: name },
      isKept(start),
      { finally: { do: 'thaw', container: name } },
      becomesReady(start),
    ],
  };
}

interface SlowStart {
  readonly subject: Subject;
  readonly name: string;
  readonly startupProbe: Probe;
  readonly slowMs: number;
}

/** Returns a result for a failure, or for a start that is already over. Otherwise the start continues. */
function isKept(start: SlowStart): CheckStep {
  const { name, startupProbe, slowMs } = start;
  return {
    check: 'startup-gates',
    about: { kind: 'container', container: name },
    assertion: { kind: 'keptDuringStartup', container: name },
    window: { kind: 'for', ms: slowMs },
    counts: 'pod',
    waitingFor: { kind: 'slowStart', container: name },
    ifFailed: [],
    toResult: (evidence, { from }) => {
      const { outcome } = evidence.result;
      if (outcome === 'passed') {
        return notApplicable(name, { kind: 'startedBefore', container: name, isExec: startupProbe.exec !== undefined });
      }
      return outcome === 'failed' ? toResult(start, evidence, from) : undefined;
    },
  };
}

function becomesReady(start: SlowStart): CheckStep {
  return {
    check: 'startup-gates',
    about: { kind: 'container', container: start.name },
    assertion: { kind: 'startup' },
    window: { kind: 'ready' },
    counts: 'pod',
    waitingFor: { kind: 'ready' },
    toResult: (evidence, { from }) => toResult(start, evidence, from),
  };
}

function toResult({ subject, name, startupProbe, slowMs }: SlowStart, evidence: Evidence, from: number): TargetResult {
  if (isBeyond(evidence, startupProbe, from)) {
    return notApplicable(name, { kind: 'beyondBudget', container: name, slowMs });
  }
  return toTargetResult(
    {
      check: 'startup-gates',
      container: name,
      field: `${pathOf(subject, name)}.startupProbe`,
      passed: () => ({ kind: 'slowStartSurvived', container: name, slowMs }),
      failed: (failure) => ({ kind: 'slowStartFails', container: name, slowMs, result: failure.result }),
      from,
    },
    evidence,
  );
}

/** True if the startup probe gave up only after all the time that it allows. */
function isBeyond({ result: { event } }: Evidence, startupProbe: Probe, from: number): boolean {
  const killed = event && isA('Killing', event) && event.probe === 'startup';
  return killed === true && event.at - from >= probeTiming(startupProbe).survivedStartMs;
}

function notApplicable(container: string, message: CheckMessage): TargetResult {
  return { check: 'startup-gates', container, outcome: 'notApplicable', message };
}
