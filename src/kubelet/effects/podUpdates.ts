import { earliest, type Instant, NEVER } from '../../clock/instant';
import { nextRelistAt } from '../state/raster';
import { drawChance } from './effects';
import { change, changeSync, type Turn } from './turn';

/**
 * Has the pod synced. A worker that does nothing takes the update, and begins once there is a look at the runtime newer
 * than its last pass. What comes meanwhile is one more update, for the pass after.
 *
 * Source: pod_workers.go `UpdatePod`, `podWorkerLoop`, `GetNewerThan`.
 */
export function requestSync(turn: Turn): void {
  const { at } = turn;
  const { sync } = turn.state;
  if (sync.work === 'Finished') return;
  if (sync.pass) changeSync(turn, { pass: { ...sync.pass, wantedAt: earliest(sync.pass.wantedAt, at) } });
  else if (sync.takenAt === NEVER) takeUpdate(turn);
  else if (sync.takenAt < at || isTakenFirst(turn)) changeSync(turn, { isWantedAgain: true });
}

/** The worker takes an update. */
export function takeUpdate(turn: Turn): void {
  const { at } = turn;
  changeSync(turn, { takenAt: at, dueAt: Math.max(at, turn.state.sync.lookAt) as Instant });
}

/** Something about the sandbox or a container, by its id, that the next look at the runtime will show. */
export function noticeAtRelist(turn: Turn, id: string): void {
  const { relistAt, unseen } = turn.state.sync;
  const at = nextRelistAt(turn.state, turn.at);
  changeSync(turn, { relistAt: earliest(relistAt, at), unseen: [...unseen.filter((each) => each !== id), id] });
  if (at <= turn.at) relist(turn);
}

/**
 * Looks at the runtime: each change is an update of its own.
 *
 * Source: pleg/generic.go `Relist`, `relistPod`; kubelet.go `syncLoopIteration`.
 */
export function relist(turn: Turn): void {
  const { unseen } = turn.state.sync;
  change(turn, { relisted: turn.state.runtime });
  changeSync(turn, { relistAt: NEVER, unseen: [] });
  for (const _ of unseen) requestSync(turn);
}

/** Whether the worker has taken one of two updates before it gets the other: chance on a node. */
function isTakenFirst(turn: Turn): boolean {
  return turn.state.config.profile.relistMs > 0 && drawChance(turn) < 0.5;
}
