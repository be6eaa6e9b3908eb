import type { Container, Probe } from '../../manifest/model';
import { isA } from '../../timeline/event';
import { probeTiming } from '../../timing/probeTiming';
import { slowStartMs } from '../../timing/watches';
import { roughly } from '../../wording/roughly';
import type { CheckStep, Experiment, ExperimentFile } from '../model/experiment';
import { pathOf, runningContainers, type Subject } from '../model/subject';
import { type Evidence, type TargetResult, whyOf } from '../model/targetResult';
import { toTargetResult } from './steps/toTargetResult';

/**
 * Freezes a container as soon as it runs, for half of the start that its startup probe allows. A probe that allows no slow
 * start is left out: whether the app is quick enough for it shows in the steady state.
 */
export const slowStart: ExperimentFile = {
  experimentsFor: (subject) => runningContainers(subject).flatMap((container) => slow(subject, container) ?? []),
  reasons: { 'startup-gates': 'no container has a startupProbe that allows a slow start' },
};

function slow(subject: Subject, { name, startupProbe }: Container): Experiment | undefined {
  const slowMs = startupProbe && slowStartMs(startupProbe);
  if (!startupProbe || slowMs === undefined) return undefined;
  const start = { subject, name, startupProbe, slowMs };
  return {
    name: `${name} starts slowly`,
    tried: `${name} frozen while it starts`,
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

/** A failure, or a start that is over already, is a result. Otherwise the start continues. */
function isKept(start: SlowStart): CheckStep {
  const { name, startupProbe, slowMs } = start;
  return {
    check: 'startup-gates',
    about: name,
    assertion: { kind: 'keptDuringStartup', container: name },
    window: { kind: 'for', ms: slowMs },
    counts: 'pod',
    waitingFor: `${name} to be waited for while it starts`,
    ifFailed: [],
    toResult: (evidence, { from }) => {
      const { outcome } = evidence.result;
      if (outcome === 'passed') return notApplicable(name, whyUp(name, startupProbe));
      return outcome === 'failed' ? toResult(start, evidence, from) : undefined;
    },
  };
}

function becomesReady(start: SlowStart): CheckStep {
  return {
    check: 'startup-gates',
    about: start.name,
    assertion: { kind: 'startup' },
    window: { kind: 'ready' },
    counts: 'pod',
    waitingFor: 'Ready',
    toResult: (evidence, { from }) => toResult(start, evidence, from),
  };
}

function toResult({ subject, name, startupProbe, slowMs }: SlowStart, evidence: Evidence, from: number): TargetResult {
  if (isBeyond(evidence, startupProbe, from)) {
    const sentence = `${name} itself takes more than half of what its startup probe allows: a start that is ${roughly(slowMs)} slower is beyond that`;
    return notApplicable(name, sentence);
  }
  return toTargetResult(
    {
      check: 'startup-gates',
      container: name,
      field: `${pathOf(subject, name)}.startupProbe`,
      passed: () => `a start of ${name} that takes ${roughly(slowMs)} longer is waited for`,
      failed: (failure) => `a start of ${name} that takes ${roughly(slowMs)} longer fails: ${whyOf(failure)}`,
      from,
    },
    evidence,
  );
}

/** Whether the startup probe gave up after all the time that it allows, which is no fault of the probe. */
function isBeyond({ result: { event } }: Evidence, startupProbe: Probe, from: number): boolean {
  const killed = event && isA('Killing', event) && event.probe === 'startup';
  return killed === true && event.at - from >= probeTiming(startupProbe).survivedStartMs;
}

function notApplicable(container: string, sentence: string): TargetResult {
  return { check: 'startup-gates', container, outcome: 'notApplicable', sentence };
}

function whyUp(name: string, { exec }: Probe): string {
  const asks = exec ? ', or its startup probe asks nothing of it' : '';
  return `${name} was up before it could be slowed down${asks}`;
}
