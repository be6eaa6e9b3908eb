import type { Instant } from '../../clock/instant';
import { NEWEST } from '../../manifest/values/apiServer';
import { minorOf } from '../../manifest/values/kubernetesVersion';
import { conditionOf, isReady } from '../../timeline/condition';
import type { ContainerState, ContainerStateTerminated, ContainerStatus } from '../../timeline/podStatus';
import type { APIPod } from './apiPod';
import { humanSince } from './humanDuration';

/** Columns of a row of `kubectl get pods`. `-o wide` adds those from `ip` to `readinessGates`. */
export interface PodRow {
  readonly name: string;
  readonly ready: string;
  readonly status: string;
  readonly restarts: string;
  readonly age: string;
  readonly ip: string;
  readonly node: string;
  readonly nominatedNode: string;
  readonly readinessGates: string;
  /** Conditions of the row. The server sets one if the pod is in a terminal phase. */
  readonly conditions: readonly RowCondition[];
}

export interface RowCondition {
  readonly type: 'Completed';
  readonly status: 'True';
  readonly reason: string;
  readonly message: string;
}

const OVER: Readonly<Record<string, string>> = {
  Succeeded: 'The pod has completed successfully.',
  Failed: 'The pod failed.',
};
const NONE = '<none>';

/**
 * Returns the row of `kubectl get pods` for a pod at `now`.
 *
 * Source: pkg/printers/internalversion/printers.go `printPod`, which runs in the API server.
 */
export function printPod(pod: APIPod, now: Instant, kubernetesVersion = NEWEST.kubernetesVersion): PodRow {
  const { metadata, spec, status } = pod;
  const minor = minorOf(kubernetesVersion);
  const { current, isMainShown } = findCurrent(pod);
  const before = current < 0 ? podReason(pod) : initReason(pod, current);
  const message = OVER[status.phase];
  return {
    name: metadata.name,
    ready: readyColumn(pod, current, isMainShown),
    status: deletionReason(pod, minor) ?? (isMainShown ? mainReason(pod, before, minor) : before),
    restarts: formatRestarts(countRestarts(pod), now),
    age: humanSince(metadata.creationTimestamp, now),
    ip: status.podIPs[0] || NONE,
    node: spec.nodeName || NONE,
    nominatedNode: status.nominatedNodeName || NONE,
    readinessGates: gatesColumn(pod),
    conditions: message ? [{ type: 'Completed', status: 'True', reason: status.phase, message }] : [],
  };
}

/**
 * Counts the restarts of the RESTARTS column, and finds the exit before the last one. Init containers count until the
 * regular containers are shown, sidecars always, and init containers that have not started never.
 */
export function countRestarts(pod: APIPod): { readonly count: number; readonly lastEndAt?: Instant } {
  const { status } = pod;
  const { current, isMainShown } = findCurrent(pod);
  const reached = current < 0 ? status.initContainerStatuses : status.initContainerStatuses.slice(0, current + 1);
  const sidecars = reached.filter(({ name }) => isSidecar(pod, name));
  const counted = isMainShown ? [...sidecars, ...status.containerStatuses] : reached;
  const count = counted.reduce((sum, { restartCount }) => sum + restartCount, 0);
  const ends = counted.flatMap(({ lastState }) => lastState.terminated?.finishedAt ?? []);
  return count === 0 || ends.length === 0 ? { count } : { count, lastEndAt: Math.max(...ends) as Instant };
}

/** Finds the index of the current init container, -1 if all are done, and whether regular containers are shown. */
function findCurrent(pod: APIPod): { readonly current: number; readonly isMainShown: boolean } {
  const { status } = pod;
  const current = status.initContainerStatuses.findIndex((container) => !isDone(pod, container));
  return { current, isMainShown: current < 0 || conditionOf(status, 'Initialized')?.status === 'True' };
}

function isSidecar({ spec }: APIPod, container: string): boolean {
  return spec.initContainers.some(({ name, restartPolicy }) => name === container && restartPolicy === 'Always');
}

/** True if the next init container can start: this one exited with 0, or it is a sidecar that has started. */
function isDone(pod: APIPod, { name, state, started }: ContainerStatus): boolean {
  return state.terminated?.exitCode === 0 || (isSidecar(pod, name) && started === true);
}

function podReason({ status }: APIPod): string {
  const gated = status.conditions.some(({ type, reason }) => type === 'PodScheduled' && reason === 'SchedulingGated');
  return gated ? 'SchedulingGated' : status.reason || status.phase;
}

/** Returns the reason of the current init container. */
function initReason({ spec, status }: APIPod, current: number): string {
  const { terminated, waiting } = status.initContainerStatuses[current]?.state ?? {};
  if (terminated) return `Init:${endReason(terminated)}`;
  if (waiting?.reason && waiting.reason !== 'PodInitializing') return `Init:${waiting.reason}`;
  return `Init:${current}/${spec.initContainers.length}`;
}

/** Returns the reason of the first container that has one. A running container has none. */
function mainReason({ status }: APIPod, before: string, minor: number): string {
  const states = status.containerStatuses.map(({ state }) => state);
  const reason = states.map(stateReason).find((one) => one !== undefined) ?? before;
  if (reason !== 'Completed') return reason;
  const failed = minor >= 35 && states.find(({ terminated }) => terminated && terminated.exitCode !== 0)?.terminated;
  const hasRunning = status.containerStatuses.some(runsReady);
  if (hasRunning && isReady(status)) return 'Running';
  if (failed) return endReason(failed);
  return hasRunning ? 'NotReady' : reason;
}

function runsReady({ ready, state }: ContainerStatus): boolean {
  return ready && state.running !== undefined;
}

function stateReason({ waiting, terminated }: ContainerState): string | undefined {
  return waiting?.reason || (terminated && endReason(terminated));
}

function endReason({ reason, signal, exitCode }: ContainerStateTerminated): string {
  return reason || (signal ? `Signal:${signal}` : `ExitCode:${exitCode}`);
}

function deletionReason({ metadata, status }: APIPod, minor: number): string | undefined {
  if (metadata.deletionTimestamp === undefined) return undefined;
  if (status.reason === 'NodeLost') return 'Unknown';
  const terminal = status.phase in OVER;
  return terminal && minor >= 31 ? undefined : 'Terminating';
}

/** Returns the READY column. Sidecars count only if they are before the current init container. */
function readyColumn(pod: APIPod, current: number, isMainShown: boolean): string {
  const { spec, status } = pod;
  const passed = current < 0 ? status.initContainerStatuses : status.initContainerStatuses.slice(0, current);
  const sidecars = passed.filter(
    ({ name, ready, state }) => ready && isSidecar(pod, name) && state.terminated?.exitCode !== 0,
  );
  const main = isMainShown ? status.containerStatuses.filter(runsReady) : [];
  const total = spec.containers.length + spec.initContainers.filter(({ name }) => isSidecar(pod, name)).length;
  return `${sidecars.length + main.length}/${total}`;
}

/** Returns the RESTARTS column at `now`: `2 (5s ago)`. */
export function formatRestarts({ count, lastEndAt }: ReturnType<typeof countRestarts>, now: Instant): string {
  return lastEndAt === undefined ? String(count) : `${count} (${humanSince(lastEndAt, now)} ago)`;
}

function gatesColumn({ spec, status }: APIPod): string {
  const gates = spec.readinessGates ?? [];
  if (gates.length === 0) return NONE;
  const passed = gates.filter(({ conditionType }) => conditionOf(status, conditionType)?.status === 'True');
  return `${passed.length}/${gates.length}`;
}
