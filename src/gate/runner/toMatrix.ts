import { unobservedProbes } from '../../assertions/events/attempts';
import { evaluateRecovery } from '../../assertions/restarts/recovered';
import { containersOf } from '../../manifest/model';
import { historyOf } from '../../timeline/history/podHistory';
import type { Restart } from '../../timeline/history/restarts';
import type { Timeline } from '../../timeline/timeline';
import type { ReactionMessage } from '../../wording/gate/reactions';
import type { InjectedFault } from '../model/experiment';
import type { Cell, Matrix, Noticer } from '../model/matrix';
import type { ExperimentResult } from './runExperiments';
import type { ActionMark, ExperimentPod } from './runSteps';

/** Returns which probe detected each fault, after how long, and whether the reaction is correct. */
export function toMatrix(results: readonly ExperimentResult[]): Matrix {
  const cells = results.flatMap((result) => {
    const { fault } = result.experiment;
    return fault ? { fault: fault.fault, target: fault.target, ...reactionIn(result, fault) } : [];
  });
  const known = cells.filter(({ outcome }) => outcome === 'right' || outcome === 'wrong');
  return { cells, score: { right: known.filter(({ outcome }) => outcome === 'right').length, of: known.length } };
}

type Reaction = Omit<Cell, 'fault' | 'target'>;

function reactionIn({ notApplicable, error, cut, observed }: ExperimentResult, fault: InjectedFault): Reaction {
  if (notApplicable) return { outcome: 'notApplicable', message: { kind: 'obstructed', obstacle: notApplicable } };
  // The engine does not allow the fault.
  if (error) return { outcome: 'notApplicable', message: { kind: 'refusedByEngine', error: error.message } };
  if (cut) return { outcome: 'notRun', message: { kind: 'cut', cut } };
  if (!observed?.fault) return { outcome: 'notRun', message: { kind: 'notInjected' } };
  const { since, from } = observed.fault;
  return { ...noticedIn(observed.actor.timeline, since, from), ...reactionTo(observed, observed.fault, fault) };
}

/** Returns the first sign: an exit, or the probe that killed a container or removed the pod from the endpoints. */
function noticedIn(timeline: Timeline, since: number, from: number): Pick<Cell, 'noticedBy' | 'noticedAfterMs'> {
  const left = leftIn(timeline, since);
  const signs: { readonly by: Noticer; readonly at: number }[] = [];
  const history = historyOf(timeline);
  for (const { probe, at } of history.from(since, history.killings)) {
    if (probe && probe !== 'readiness') signs.push({ by: probe, at });
  }
  for (const { afterSignalMs, at } of history.from(since, history.exits)) {
    if (afterSignalMs === undefined) signs.push({ by: 'exit', at });
  }
  if (left) signs.push({ by: 'readiness', at: left.event.at });
  const [first] = signs.toSorted((one, other) => one.at - other.at || order(one.by) - order(other.by));
  return first ? { noticedBy: first.by, noticedAfterMs: Math.max(0, first.at - from) } : {};
}

function leftIn(timeline: Timeline, since: number) {
  return historyOf(timeline).endpointChanges.find(({ event, before, endpoint }) => {
    return historyOf(timeline).isFrom(since, event) && before?.ready === true && !endpoint?.ready;
  });
}

/** Returns the order of signs at one instant: an exit also removes the pod from the endpoints. */
function order(by: Noticer): number {
  return by === 'readiness' ? 1 : 0;
}

function reactionTo({ actor }: ExperimentPod, { since, from }: ActionMark, fault: InjectedFault): Reaction {
  const { timeline, pod } = actor;
  const { expected, target, container } = fault;
  const restart = restartIn(timeline, since, container);
  const hasLeft = leftIn(timeline, since) !== undefined;
  if (expected === 'notRestarted') {
    if (restart) return wrong({ kind: 'needlessRestart', container: restart.container }, restart);
    const names = container === undefined ? containersOf(pod.spec).map(({ name }) => name) : [container];
    const observed = { containers: names, probes: ['liveness'], from } as const;
    const [unobserved] = unobservedProbes(timeline, pod.spec, observed);
    if (unobserved) return { outcome: 'notRun', message: { kind: 'unobserved', unobserved } };
    return { outcome: 'right', message: { kind: 'undisturbed', hasLeft } };
  }
  if (!restart) return wrong({ kind: 'notRestarted', target, hasLeft });
  if (evaluateRecovery(timeline, restart.container, restart.attempt).outcome !== 'passed') {
    return wrong({ kind: 'notReadyAgain', target }, restart);
  }
  const hasLiveness = containersOf(pod.spec).some(({ name, livenessProbe }) => name === container && livenessProbe);
  if (expected === 'restartedByLiveness' && restart.because !== 'liveness' && hasLiveness) {
    return wrong({ kind: 'notByLiveness', target }, restart);
  }
  const tookMs = restart.started.at - (historyOf(timeline).at(since)?.at ?? restart.started.at);
  return { outcome: 'right', restartedBy: restart.because, message: { kind: 'recovered', tookMs } };
}

function wrong(message: ReactionMessage, restart?: Restart): Reaction {
  return { outcome: 'wrong', ...(restart && { restartedBy: restart.because }), message };
}

function restartIn(timeline: Timeline, since: number, name: string | undefined): Restart | undefined {
  return historyOf(timeline).restarts.find(({ started, container }) => {
    return historyOf(timeline).isFrom(since, started) && (name === undefined || container === name);
  });
}
