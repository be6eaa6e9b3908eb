import { after, type Instant, NEVER } from '../../clock/instant';
import { RETRY } from '../../timing/rules';
import { drawJitter, emit } from '../effects/effects';
import { relist, takeUpdate } from '../effects/podUpdates';
import { change, changeSync, type Turn } from '../effects/turn';
import { reportAfterSync } from '../images/missingPullSecrets';
import { removePod } from '../prober/proberManager';
import type { Pass } from '../state/pass';
import type { News } from '../state/protocol';
import { nextQueueLookAt, nextRelistAt } from '../state/raster';
import { terminatePod } from '../status/statusManager';
import { generateStatus, knownRuntime, publishStopped, show } from './publishStatus';
import { carryOut, setPass } from './runActions';
import { syncPod, syncTerminatingPod } from './syncPod';

/**
 * Begins the next pass of the pod's worker: look, publish, decide; what follows is done one thing after another.
 *
 * Source: pod_workers.go `podWorkerLoop`.
 */
export function managePodLoop(turn: Turn): void {
  const { pod, sync } = turn.state;
  const snapshot = knownRuntime(turn.state);
  const wantedAt = sync.isWantedAgain ? turn.at : NEVER;
  const pass: Pass = { pod, snapshot, acts: false, todo: [], retryAt: NEVER, wantedAt };
  changeSync(turn, { dueAt: NEVER, takenAt: NEVER, isWantedAgain: false, pass });
  switch (sync.work) {
    case 'Sync': {
      const todo = syncPod(turn);
      return todo ? beginDoing(turn, pass, todo) : endPass(turn, 'Terminating');
    }
    case 'Terminating':
      return beginDoing(turn, pass, syncTerminatingPod(turn));
    case 'Terminated':
      return finish(turn);
    case 'Finished':
      return;
  }
}

function beginDoing(turn: Turn, pass: Pass, todo: Pass['todo']): void {
  setPass(turn, { ...(turn.state.sync.pass ?? pass), acts: todo.length > 0, todo });
  advancePass(turn);
}

/** Goes on with the pass under way; `seen` is news that may concern it. */
export function advancePass(turn: Turn, seen?: News): void {
  if (!carryOut(turn, seen)) return;
  if (turn.state.sync.work !== 'Terminating') return endPass(turn, undefined);
  change(turn, { prober: removePod(turn.state.prober) });
  publishStopped(turn);
  endPass(turn, 'Terminated');
}

/** All containers are gone: the last status, and the pod leaves the API if it was deleted. */
function finish(turn: Turn): void {
  show(turn, terminatePod(turn.state.pod, generateStatus(turn, true)));
  changeSync(turn, { work: 'Finished', dueAt: NEVER });
  setPass(turn, undefined);
  if (turn.state.pod.deletion) removeFromApi(turn);
}

/** Whoever put a finalizer on the pod has to take it off first. */
export function removeFromApi(turn: Turn): void {
  const { removed, pod } = turn.state;
  if (removed || pod.metadata.finalizers?.length) return;
  change(turn, { removed: true });
  emit(turn, { source: 'status', kind: 'PodRemoved', at: turn.at });
}

/** The pass is over: the next one comes when something happened meanwhile, to try again, or to look anew. */
function endPass(turn: Turn, next: 'Terminating' | 'Terminated' | undefined): void {
  const { pass, work } = turn.state.sync;
  reportAfterSync(pass, turn.state, turn);
  setPass(turn, undefined);
  const { at, state } = turn;
  const isSeenAtOnce = work === 'Sync' && !next && pass !== undefined && isRelistedAfter(turn, pass);
  const lookAt = isSeenAtOnce ? at : nextRelistAt(state, after(at, state.config.profile.relistMs === 0 ? 0 : 1));
  const again = next ? at : work === 'Sync' ? requeuedAt(turn, pass?.retryAt ?? NEVER) : NEVER;
  const dueAt = Math.max(nextQueueLookAt(state, again), lookAt) as Instant;
  changeSync(turn, { ...(next && { work: next }), lookAt, dueAt, takenAt: NEVER });
  const isWanted = pass !== undefined && pass.wantedAt !== NEVER;
  if (isWanted) takeUpdate(turn);
  if (!isSeenAtOnce) return;
  const hasNews = turn.state.sync.unseen.length > 0;
  if (hasNews) relist(turn);
  else change(turn, { relisted: turn.state.runtime });
  if (hasNews && isWanted && state.config.profile.relistMs > 0) changeSync(turn, { isWantedAgain: true });
}

/** Whether the runtime is looked at right after a pass: if it did something, and all of it. Source: kubelet.go `SyncPod`, `postSync`. */
function isRelistedAfter({ state }: Turn, { acts, retryAt }: Pass): boolean {
  return state.behavior.relistsAfterSync && acts && retryAt === NEVER;
}

/**
 * When the worker looks again by itself. A refused or failed start is retried when its back-off is over since 1.35 (but not
 * later than a resync), before that every 10 s.
 *
 * Source: pod_workers.go `completeWork`.
 */
function requeuedAt(turn: Turn, retryAt: Instant): Instant {
  const { at } = turn;
  const jitter = drawJitter(turn, turn.state.config.profile.jitter);
  if (retryAt === NEVER) return after(at, RETRY.resyncMs * jitter);
  if (!turn.state.behavior.retriesAtExpiry) return after(at, RETRY.everyMs * jitter);
  return after(at, Math.min(Math.max(retryAt - at, 0), RETRY.resyncMs) * jitter);
}
