import type { Instant } from '../clock/instant';
import { type Container, isSidecar } from '../manifest/model';
import type { Phase } from '../timing/phase';
import { backOffLimit, NO_LIMIT, PULL_LIMIT, postStartLimit, sidecarLimit, type WaitLimit } from '../timing/waits';
import type { ContainerProgress, StartFollower } from './startFollower';

/**
 * Returns the phase in which the start of a pod is; `limit` is that of the wait, once all containers run. Init
 * containers start one after another, and then the containers: a pull or a postStart hook delays the next one.
 */
export function startPhase(start: StartFollower, limit: WaitLimit): Phase {
  const { spec } = start;
  let since = start.origin;
  const isInitialized = spec.containers.some(({ name }) => hasRun(start.progressOf(name)));
  if (start.sandboxAt !== undefined) since = latest(since, start.sandboxAt);
  else if (!isInitialized && spec.initContainers.every(({ name }) => !hasRun(start.progressOf(name)))) {
    return { kind: 'engine', since, limit: NO_LIMIT };
  }
  for (const container of isInitialized ? [] : spec.initContainers) {
    const progress = start.progressOf(container.name);
    const isCompleted = progress.isCompleted && !isSidecar(container);
    const phase = isCompleted ? undefined : (stepOf(container, progress, since) ?? initPhase(container, progress));
    if (phase) return phase;
    since = latest(since, progress.shownAt ?? progress.startedAt, progress.exitedAt);
  }
  for (const container of spec.containers) {
    const progress = start.progressOf(container.name);
    if (isOver(progress, container.restartPolicy ?? spec.restartPolicy)) continue;
    const phase = stepOf(container, progress, since);
    if (phase) return phase;
    since = latest(since, progress.shownAt ?? progress.startedAt, progress.hook?.endedAt);
  }
  return { kind: 'running', since, limit };
}

/** Returns the phase of an init container that has been started. */
function initPhase(
  container: Container,
  { isStarted, startedAt, shownAt, hook }: ContainerProgress,
): Phase | undefined {
  const { name } = container;
  if (startedAt === undefined) return undefined;
  if (!isSidecar(container)) return { kind: 'init', container: name, since: startedAt, limit: NO_LIMIT };
  if (isStarted) return undefined;
  const since = latest(shownAt ?? startedAt, hook?.endedAt);
  return { kind: 'sidecar', container: name, since, limit: sidecarLimit(container) };
}

/** Returns the step before a container runs with its postStart hook finished; undefined once it does. */
function stepOf(container: Container, progress: ContainerProgress, since: Instant): Phase | undefined {
  const { name } = container;
  const { startedAt, pull, exitedAt, backOff, hook } = progress;
  if (startedAt === undefined) {
    if (pull && pull.endedAt === undefined) {
      return { kind: 'pull', container: name, since: pull.startedAt, limit: PULL_LIMIT };
    }
    if (pull?.hasFailed) {
      return { kind: 'failedPull', container: name, since: latest(since, pull.endedAt), limit: NO_LIMIT };
    }
    if (exitedAt !== undefined) {
      const limit = backOff ? backOffLimit(backOff.delayMs) : NO_LIMIT;
      return { kind: 'restart', container: name, since: exitedAt, limit };
    }
    return { kind: 'engine', container: name, since: latest(since, pull?.endedAt), limit: NO_LIMIT };
  }
  if (hook && hook.endedAt === undefined) {
    const limit = postStartLimit(container) ?? NO_LIMIT;
    return { kind: 'postStart', container: name, since: hook.startedAt, limit };
  }
  return undefined;
}

function hasRun({ startedAt, isRunning, isCompleted, exitedAt }: ContainerProgress): boolean {
  return startedAt !== undefined || isRunning || isCompleted || exitedAt !== undefined;
}

/** True if it has exited before the origin, and nothing restarts it. */
function isOver({ isRunning, isCompleted, exitedAt, startedAt }: ContainerProgress, restartPolicy: string): boolean {
  if (isRunning || startedAt !== undefined || restartPolicy === 'Always') return false;
  return isCompleted || (restartPolicy === 'Never' && exitedAt !== undefined);
}

function latest(first: Instant, ...others: readonly (Instant | undefined)[]): Instant {
  return others.reduce<Instant>((last, each) => (each !== undefined && each > last ? each : last), first);
}
