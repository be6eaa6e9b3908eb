import { CREATED, NEVER } from '../../../../../src/clock/instant';
import { type Container, isSidecar } from '../../../../../src/manifest/model';
import { conditionOf, isTerminal } from '../../../../../src/timeline/condition';
import type { ContainerStatus } from '../../../../../src/timeline/podStatus';
import { oneOf, type Words } from '../../subjects/words';
import { beginningOf, endOf, isBefore, type Moment } from '../moment';
import type { Record, Shown } from '../record';
import type { Finding } from './happened';
import { isIn, type Span } from './span';

/** Returns the first violation, or undefined. */
type Violations = (record: Record, span: Span) => string | undefined;

const INVARIANTS: Readonly<{ [name: string]: Violations }> = {
  'init-containers': (record, span) => startsTooEarly(record, span) ?? saysOtherwise(record, span),
  'terminal-phase-is-final': phaseIsNotFinal,
  'terminated-container-stays-terminated': comesBack,
};

/** Returns a finding for a rule that is always true. */
export function invariant({ name }: Words): Finding {
  const violations = INVARIANTS[oneOf('invariant', name, Object.keys(INVARIANTS))] as Violations;
  return {
    met: false,
    find: (record, span) => violations(record, span) !== undefined,
    show: (record) => violations(record, WHOLE) ?? 'held',
  };
}

const WHOLE: Span = { from: beginningOf(CREATED), to: endOf(NEVER), closed: false };

/**
 * Returns a violation if a container starts before the previous init container has completed, or the previous sidecar
 * has started.
 */
function startsTooEarly(record: Record, span: Span): string | undefined {
  const { initContainers, containers } = record.pod.spec;
  for (const [index, { name }] of [...initContainers, ...containers].entries()) {
    const ahead = initContainers[Math.min(index, initContainers.length) - 1];
    const [first] = record.runs.of(name);
    if (!ahead || !first || !isIn(span, first.start)) continue;
    const isReady = isSidecar(ahead) ? isStarted(record, ahead, first.start) : hasSucceeded(record, ahead, first.start);
    if (!isReady) return `+${first.start.at / 1000}s ${name} starts, although ${ahead.name} is not done`;
  }
  return undefined;
}

function isStarted(record: Record, sidecar: Container, moment: Moment): boolean {
  const shown = record.shownAt(moment);
  return shown !== undefined && statusesOf(shown, [sidecar])[0]?.started === true;
}

function hasSucceeded(record: Record, { name }: Container, before: Moment): boolean {
  return record.runs.of(name).some(({ end, exitCode }) => exitCode === 0 && end && isBefore(end, before));
}

/**
 * Returns a violation if the regular containers and the Initialized condition do not wait for the init containers.
 * States without duration are ignored, because a probe result is published just before the conditions.
 */
function saysOtherwise(record: Record, span: Span): string | undefined {
  let wasInitialized = false;
  const standing = record.shown.filter(({ moment }, index, all) => moment.at !== all[index + 1]?.moment.at);
  for (const shown of standing) {
    if (!isIn(span, shown.moment) || shown.status.containerStatuses.length === 0) continue;
    const condition = conditionOf(shown.status, 'Initialized')?.status;
    const wrong = conditionIsWrong(shown, condition) ?? mainDoesNotWait(shown);
    if (wrong) return `+${shown.moment.at / 1000}s ${wrong}`;
    if (wasInitialized && condition === 'False' && !isRerun(record, shown)) {
      return `+${shown.moment.at / 1000}s Initialized goes back`;
    }
    wasInitialized = condition === 'True';
  }
  return undefined;
}

function conditionIsWrong(shown: Shown, condition: string | undefined): string | undefined {
  if (condition === undefined || condition === 'Unknown') return `Initialized is ${condition}`;
  const { status } = shown;
  const done = allDone(shown) || status.containerStatuses.some(hasEverRun) || status.phase === 'Succeeded';
  if (done === (condition === 'True')) return undefined;
  return `Initialized is ${condition} although init containers are ${done ? '' : 'not '}done`;
}

/** Returns true if a new sandbox runs all init containers again. */
function isRerun({ told }: Record, { moment: { at } }: Shown): boolean {
  return told.some(({ moment, event }) => event.kind === 'SandboxChanged' && moment.at <= at);
}

function mainDoesNotWait(shown: Shown): string | undefined {
  if (shown.pod.spec.initContainers.length === 0 || allDone(shown)) return undefined;
  const other = shown.status.containerStatuses.find(
    (each) => !hasEverRun(each) && each.state.waiting?.reason !== 'PodInitializing',
  );
  return other && `${other.name} does not wait with PodInitializing`;
}

function hasEverRun({ state, lastState }: ContainerStatus): boolean {
  return (state.running ?? state.terminated ?? lastState.terminated) !== undefined;
}

function allDone(shown: Shown): boolean {
  const { initContainers } = shown.pod.spec;
  const statuses = statusesOf(shown, initContainers);
  return initContainers.every((container, index) => isDone(container, statuses[index]));
}

function isDone(container: Container, status: ContainerStatus | undefined): boolean {
  return isSidecar(container) ? status?.started === true : status?.state.terminated?.exitCode === 0;
}

function statusesOf({ status }: Shown, containers: readonly Container[]): readonly (ContainerStatus | undefined)[] {
  return containers.map(({ name }) => status.initContainerStatuses.find((each) => each.name === name));
}

function phaseIsNotFinal(record: Record, span: Span): string | undefined {
  const first = record.shown.find(({ moment, status }) => isIn(span, moment) && isTerminal(status.phase));
  if (!first) return undefined;
  const { phase } = first.status;
  for (const { moment, status } of record.shown) {
    if (isBefore(moment, first.moment)) continue;
    const running = [...status.initContainerStatuses, ...status.containerStatuses].find(({ state }) => state.running);
    if (status.phase !== phase) return `+${moment.at / 1000}s ${status.phase} after ${phase}`;
    if (running) return `+${moment.at / 1000}s ${running.name} runs, although the phase is ${phase}`;
  }
  return undefined;
}

function comesBack(record: Record, span: Span): string | undefined {
  const terminated = new Set<string>();
  for (const { moment, status } of record.shown) {
    if (!isIn(span, moment)) continue;
    for (const { name, state } of [...status.initContainerStatuses, ...status.containerStatuses]) {
      if (state.terminated) terminated.add(name);
      else if (terminated.has(name)) return `+${moment.at / 1000}s ${name} is no longer terminated`;
    }
  }
  return undefined;
}
