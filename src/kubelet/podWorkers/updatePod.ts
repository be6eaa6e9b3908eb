import { earliest, type Instant, NEVER } from '../../clock/instant';
import type { KubeletConfig } from '../behavior/config';
import { drawChance, type Effects } from '../effects/effects';
import type { SyncState } from '../state/pass';
import { nextRelistAt, type Raster } from '../state/raster';
import type { RuntimeState } from '../state/runtimeState';

/** When the runtime is looked at, and what such a look shows. */
export interface RelistView {
  readonly config: Pick<KubeletConfig, 'profile'>;
  readonly raster: Raster;
  readonly runtime: RuntimeState;
}

/**
 * Requests a sync. An idle worker takes the update, and begins after the next look at the runtime; a busy one gets one
 * more update, for the pass after.
 *
 * Source: pod_workers.go `UpdatePod`, `podWorkerLoop`, `GetNewerThan`.
 */
export function requestSync(sync: SyncState, { config }: Pick<RelistView, 'config'>, out: Effects): SyncState {
  const { pass, takenAt } = sync;
  if (sync.work === 'Finished') return sync;
  if (pass) return { ...sync, pass: { ...pass, wantedAt: earliest(pass.wantedAt, out.at) } };
  if (takenAt === NEVER) return takeUpdate(sync, out.at);
  return takenAt < out.at || isTakenFirst(config, out) ? { ...sync, isWantedAgain: true } : sync;
}

/** Returns whether the worker has taken one of two updates before it gets the other: chance on a node. */
function isTakenFirst({ profile }: RelistView['config'], out: Effects): boolean {
  return profile.relistMs > 0 && drawChance(out) < 0.5;
}

/** Gives the worker an update. */
export function takeUpdate(sync: SyncState, at: Instant): SyncState {
  return { ...sync, takenAt: at, dueAt: Math.max(at, sync.lookAt) as Instant };
}

/** Notes the id of a sandbox or container that the next look at the runtime will show. */
export function noticeAtRelist(sync: SyncState, id: string, view: RelistView, out: Effects): SyncState {
  const at = nextRelistAt(view, out.at);
  const unseen = [...sync.unseen.filter((each) => each !== id), id];
  const noticed = { ...sync, relistAt: earliest(sync.relistAt, at), unseen };
  return at <= out.at ? relist(noticed, view, out) : noticed;
}

/**
 * Looks at the runtime: each change is an update of its own.
 *
 * Source: pleg/generic.go `Relist`, `relistPod`; kubelet.go `syncLoopIteration`.
 */
export function relist(sync: SyncState, view: Pick<RelistView, 'config' | 'runtime'>, out: Effects): SyncState {
  const looked: SyncState = { ...sync, relisted: view.runtime, relistAt: NEVER, unseen: [] };
  return sync.unseen.reduce((next) => requestSync(next, view, out), looked);
}
