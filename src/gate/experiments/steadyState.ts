import { isFailing, unobservedProbes } from '../../assertions/events/attempts';
import { CREATED } from '../../clock/instant';
import { isServer } from '../../manifest/facts/isServer';
import { type Container, containerNamed, containersOf, isSidecar, type Pod } from '../../manifest/model';
import { isReady } from '../../timeline/condition';
import { isA } from '../../timeline/event';
import { historyOf } from '../../timeline/history/podHistory';
import { START } from '../../timeline/since';
import { CALM_AFTER_MS } from '../../timing/watches';
import type { CheckStep, Experiment, ExperimentFile, ObserveStep } from '../model/experiment';
import type { ObservedPod } from '../model/observation';
import { pathOf, type Subject } from '../model/subject';
import type { Evidence, TargetResult } from '../model/targetResult';
import { flappingReadiness, flapsIn, relapsesOf } from './observations/flappingReadiness';
import { observedProbesOf } from './observations/probes';
import { probesWithoutResult } from './observations/probesWithoutResult';
import { redirectedProbes } from './observations/redirectedProbes';
import { deletion, trafficGaps } from './steps/deletion';
import { disturbanceCause } from './steps/disturbanceCause';
import { hooksFailed, hooksRun } from './steps/hooksRun';
import { observes } from './steps/observes';
import { oomCause } from './steps/oomCause';
import { reapsProcesses } from './steps/reapsProcesses';

/** Starts the pod, watches it without a fault, and deletes it while clients send requests. */
export const steadyState: ExperimentFile = {
  experimentsFor: (subject) => [runUndisturbed(subject)],
  gapsOf: trafficGaps,
};

function runUndisturbed(subject: Subject): Experiment {
  return {
    name: { kind: 'undisturbed' },
    isPrerequisite: true,
    calmAfterMs: CALM_AFTER_MS,
    steps: [
      { do: 'start' },
      readyInBudget(subject),
      ...initOrder(subject),
      ...hooksRun(subject, 'postStart'),
      { do: 'look' },
      staysReady(subject),
      ...probesRun(subject),
      { do: 'look' },
      reapsProcesses(subject),
      restartPolicy(),
      ...deletion(subject),
    ],
  };
}

function readyInBudget(subject: Subject): CheckStep {
  return {
    check: 'ready-in-budget',
    assertion: { kind: 'startup' },
    window: { kind: 'ready' },
    counts: 'pod',
    waitingFor: { kind: 'ready' },
    patches: ['memory', 'slowAnswer', 'slowStart'],
    ifFailed: hooksFailed(subject),
    toResult: (evidence) => {
      const { result } = evidence;
      if (result.outcome !== 'passed') return completedEarly(subject, evidence) ?? notReady(subject, evidence);
      const tookMs = result.event?.at ?? 0;
      return { check: 'ready-in-budget', outcome: 'passed', message: { kind: 'ready', tookMs }, tookMs };
    },
  };
}

function notReady(subject: Subject, evidence: Evidence): TargetResult {
  const { event } = evidence.result;
  const container = event && 'container' in event ? event.container : undefined;
  const probe = event && (isA('Killing', event) || isA('ProbeFinished', event)) ? event.probe : undefined;
  const killed = oomCause(evidence);
  return {
    check: 'ready-in-budget',
    outcome: 'failed',
    message: { kind: 'notReady', disturbance: killed ?? { kind: 'reported', result: evidence.result } },
    ...(killed && { saysReceived: false }),
    container,
    record: evidence,
    ...(container !== undefined && probe && { field: `${pathOf(subject, container)}.${probe}Probe` }),
  };
}

function staysReady(subject: Subject): CheckStep {
  return {
    check: 'stays-ready',
    assertion: { kind: 'steadyState' },
    window: { kind: 'steadyState' },
    counts: 'step',
    waitingFor: { kind: 'steady' },
    patches: ['memory', 'slowAnswer'],
    ifFailed: [],
    // An unready pod may only flap.
    until: { kind: 'recoveredByItself' },
    // A probe that has begun to fail may keep failing.
    again: ({ timeline, pod }) =>
      isFailing(timeline, namesIn(pod), PROBES) ||
      hasRelapsed({ subject, timeline, pod, since: START, from: CREATED, looks: [], memory: [] }),
    toResult: (evidence, { windowMs }) => {
      if (evidence.result.outcome === 'failed') {
        return completedEarly(subject, evidence) ?? findFlapping(subject, evidence) ?? toDisturbed(evidence);
      }
      const { timeline, pod } = evidence;
      const observed = { containers: namesIn(pod), probes: PROBES, from: CREATED };
      const [unobserved] = unobservedProbes(timeline, pod.spec, observed);
      return { check: 'stays-ready', outcome: 'passed', message: { kind: 'steady', windowMs, unobserved } };
    },
  };
}

/** True if readiness failed and succeeded again, because it may do so again. */
function hasRelapsed(seen: ObservedPod): boolean {
  return observedProbesOf(seen).some((probe) => relapsesOf(probe).length > 0);
}

function probesRun(subject: Subject): readonly ObserveStep[] {
  const hasProbe = containersOf(subject.pod.spec).some(
    (one) => one.startupProbe ?? one.livenessProbe ?? one.readinessProbe,
  );
  if (!hasProbe) return [];
  return [
    observes(subject, {
      check: 'probes-run',
      counts: 'pod',
      observations: [probesWithoutResult, redirectedProbes, flappingReadiness],
      settled: () => ({ outcome: 'passed', message: { kind: 'probesHaveResults' } }),
    }),
  ];
}

const PROBES = ['liveness', 'readiness'] as const;

function namesIn({ spec }: Pod): readonly string[] {
  return containersOf(spec).map(({ name }) => name);
}

/** Returns the failure of a pod that became unready and Ready again without a restart. */
function findFlapping(subject: Subject, { result, timeline, pod }: Evidence): TargetResult | undefined {
  if (result.event?.kind !== 'StatusPublished' || !isReady(timeline.status)) return undefined;
  const [fault] = flapsIn({ subject, timeline, pod, since: START, from: CREATED, looks: [], memory: [] }, 1);
  if (!fault) return undefined;
  const { container, field, message } = fault;
  const { cause } = flappingReadiness;
  const record = { result, timeline, pod };
  return {
    check: 'stays-ready',
    outcome: 'failed',
    cause,
    container,
    field,
    message: { kind: 'flapping', observation: message },
    record,
  };
}

function toDisturbed(evidence: Evidence): TargetResult {
  const { event } = evidence.result;
  return {
    check: 'stays-ready',
    outcome: 'failed',
    message: { kind: 'unsteady', disturbance: disturbanceCause(evidence) },
    saysReceived: false,
    record: evidence,
    container: event && 'container' in event ? event.container : undefined,
  };
}

function restartPolicy(): CheckStep {
  return {
    check: 'restart-policy',
    assertion: { kind: 'restartsAtMost', times: 0 },
    window: { kind: 'now' },
    counts: 'step',
    waitingFor: { kind: 'noExit' },
    toResult: () => ({
      check: 'restart-policy',
      outcome: 'passed',
      message: { kind: 'nothingExits' },
    }),
  };
}

/**
 * Returns the failure of a container that exits with 0 and would restart forever. A container that serves clients or
 * probes cannot run as a Job, so it is not one of them.
 */
function completedEarly(subject: Subject, { timeline, pod }: Evidence): TargetResult | undefined {
  const exit = historyOf(timeline).exits.find(({ exitCode, afterSignalMs }) => {
    return exitCode === 0 && afterSignalMs === undefined;
  });
  const isRegular = pod.spec.containers.some(({ name }) => name === exit?.container);
  const container = exit && containerNamed(pod.spec, exit.container);
  if (!exit || !isRegular || !container || isAsked(subject, container)) return undefined;
  return {
    check: 'restart-policy',
    outcome: 'failed',
    cause: 'job-under-always',
    container: exit.container,
    message: {
      kind: 'completedEarly',
      container: exit.container,
      restartPolicy: subject.pod.spec.restartPolicy,
    },
    saysReceived: false,
    record: {
      result: { outcome: 'failed', event: exit, received: { kind: 'exits', exits: [exit] } },
      timeline,
      pod,
    },
    field: 'spec.restartPolicy',
  };
}

/** True if clients or probes need the container. A Service that selects a pod with one container sends to that one. */
function isAsked({ backend }: Subject, container: Container): boolean {
  const isBehindService = backend.targetPort !== undefined && backend.isAssumed !== true;
  return isServer(container) || isBehindService;
}

/** Reports when each init container completed. The kubelet guarantees their order. */
function initOrder({ pod: { spec } }: Subject): readonly CheckStep[] {
  const plain = spec.initContainers.filter((container) => !isSidecar(container));
  if (plain.length === 0) return [];
  return [
    {
      check: 'init-order',
      assertion: { kind: 'initialized' },
      window: { kind: 'now' },
      counts: 'pod',
      waitingFor: { kind: 'initialized' },
      toResult: ({ timeline }) => {
        const exits = historyOf(timeline).exits;
        const ended = plain.map(({ name }) => {
          return { container: name, at: exits.findLast(({ container }) => container === name)?.at ?? 0 };
        });
        return { check: 'init-order', outcome: 'passed', message: { kind: 'initialized', ended } };
      },
    },
  ];
}
