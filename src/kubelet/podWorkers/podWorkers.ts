import { after, type Instant, NEVER } from '../../clock/instant';
import { RETRY } from '../../timing/rules';
import type { Behavior } from '../behavior/behavior';
import { drawJitter, type Effects, emit } from '../effects/effects';
import { reportAfterSync } from '../images/missingPullSecrets';
import { removePod } from '../prober/proberManager';
import type { Pass, SyncState } from '../state/pass';
import type { PodState } from '../state/podState';
import type { News } from '../state/protocol';
import { nextQueueLookAt, nextRelistAt } from '../state/raster';
import { terminatePod } from '../status/statusManager';
import { generateStatus, knownRuntime, publishStopped, show } from './publishStatus';
import { runActions } from './runActions';
import { syncPod, syncTerminatingPod } from './syncPod';
import { type RelistView, relist, takeUpdate } from './updatePod';

/**
 * Begins the next pass of the pod's worker: look, publish, decide; what follows is done one thing after another.
 *
 * Source: pod_workers.go `podWorkerLoop`.
 */
export function managePodLoop(state: PodState, out: Effects): PodState {
  const { pod, sync } = state;
  const wantedAt = sync.isWantedAgain ? out.at : NEVER;
  const pass: Pass = { pod, snapshot: knownRuntime(state), acts: false, todo: [], retryAt: NEVER, wantedAt };
  const begun = { ...state, sync: { ...sync, dueAt: NEVER, takenAt: NEVER, isWantedAgain: false, pass } };
  switch (sync.work) {
    case 'Sync': {
      const synced = syncPod(begun, out);
      return synced.todo
        ? beginActions(synced.state, synced.todo, out)
        : completeWork(synced.state, 'Terminating', out);
    }
    case 'Terminating': {
      const synced = syncTerminatingPod(begun, out);
      return beginActions(synced.state, synced.todo, out);
    }
    case 'Terminated':
      return finish(begun, out);
    case 'Finished':
      return begun;
  }
}

function beginActions(state: PodState, todo: Pass['todo'], out: Effects): PodState {
  const { pass } = state.sync;
  if (!pass) return state;
  return advancePass(
    { ...state, sync: { ...state.sync, pass: { ...pass, acts: todo.length > 0, todo } } },
    undefined,
    out,
  );
}

/** Goes on with the pass under way, if there is one; `seen` is news that may concern it. */
export function advancePass(state: PodState, seen: News | undefined, out: Effects): PodState {
  const { sync } = state;
  if (!sync.pass) return state;
  const before = { pass: sync.pass, backOff: state.backOff, status: state.status };
  const { pass, backOff, status } = runActions(before, seen, state, out);
  const advanced = { ...state, backOff, status, sync: { ...sync, pass } };
  if (pass.doing) return advanced;
  if (sync.work !== 'Terminating') return completeWork(advanced, undefined, out);
  const stopped = publishStopped({ ...advanced, prober: removePod(advanced.prober) }, out);
  return completeWork(stopped, 'Terminated', out);
}

/** Publishes the last status after all containers have stopped, and removes a deleted pod from the API. */
function finish(state: PodState, out: Effects): PodState {
  const { status, prober } = generateStatus(state, true, out);
  const { pass: _, ...sync } = state.sync;
  const finished = { ...state, prober, sync: { ...sync, work: 'Finished', dueAt: NEVER } } as const;
  const shown = show(finished, terminatePod(state.pod, status), out);
  return shown.pod.deletion ? removeFromApi(shown, out) : shown;
}

/** Removes the pod from the API once it has no finalizers. */
export function removeFromApi(state: PodState, out: Effects): PodState {
  const { removed, pod } = state;
  if (removed || pod.metadata.finalizers?.length) return state;
  emit(out, { source: 'status', kind: 'PodRemoved', at: out.at });
  return { ...state, removed: true };
}

type Next = 'Terminating' | 'Terminated' | undefined;

/**
 * Ends a pass: the next one comes for an update in between, for a retry, or for another look.
 *
 * Source: pod_workers.go `completeWork`.
 */
function completeWork(state: PodState, next: Next, out: Effects): PodState {
  reportAfterSync(state.sync.pass, state, out);
  return { ...state, sync: afterPass(state.sync, next, state, out) };
}

interface PassView extends RelistView {
  readonly behavior: Behavior;
}

function afterPass({ pass, ...idle }: SyncState, next: Next, view: PassView, out: Effects): SyncState {
  const { at } = out;
  const isSync = idle.work === 'Sync';
  const isSeenAtOnce = isSync && !next && pass !== undefined && isRelistedAfter(view.behavior, pass);
  const lookAt = isSeenAtOnce ? at : nextRelistAt(view, after(at, view.config.profile.relistMs === 0 ? 0 : 1));
  const again = next ? at : isSync ? requeuedAt(pass?.retryAt ?? NEVER, view, out) : NEVER;
  const dueAt = Math.max(nextQueueLookAt(view, again), lookAt) as Instant;
  const waiting = { ...idle, ...(next && { work: next }), lookAt, dueAt, takenAt: NEVER };
  const isWanted = pass !== undefined && pass.wantedAt !== NEVER;
  const sync = isWanted ? takeUpdate(waiting, at) : waiting;
  return isSeenAtOnce ? relistAfter(sync, isWanted, view, out) : sync;
}

/**
 * Returns whether the kubelet looks at the runtime right after a pass: if it did something, and all of it.
 * Source: kubelet.go `SyncPod`, `postSync`.
 */
function isRelistedAfter({ relistsAfterSync }: Behavior, { acts, retryAt }: Pass): boolean {
  return relistsAfterSync && acts && retryAt === NEVER;
}

function relistAfter(sync: SyncState, isWanted: boolean, view: PassView, out: Effects): SyncState {
  if (sync.unseen.length === 0) return { ...sync, relisted: view.runtime };
  const looked = relist(sync, view, out);
  return isWanted && view.config.profile.relistMs > 0 ? { ...looked, isWantedAgain: true } : looked;
}

/**
 * Returns the time of the worker's next look without an update. A refused or failed start is retried when its back-off
 * is over since 1.35 (but not later than a resync), before that every 10s.
 */
function requeuedAt(retryAt: Instant, { behavior, config }: PassView, out: Effects): Instant {
  const { at } = out;
  const jitter = drawJitter(out, config.profile.jitter);
  if (retryAt === NEVER) return after(at, RETRY.resyncMs * jitter);
  if (!behavior.retriesAtExpiry) return after(at, RETRY.everyMs * jitter);
  return after(at, Math.min(Math.max(retryAt - at, 0), RETRY.resyncMs) * jitter);
}
