import { setTimeout as sleep } from 'node:timers/promises';
import { findEngine } from '../../runtime/docker/engine/engine';
import { sweep } from '../../runtime/docker/engine/remove';

/** What the engine was still at when the agent died appears by then. */
const APPEARS_WITHIN_MS = 1_000;

/** Removes what killed agents of this machine have left on the engine. */
export async function sweepLeft(): Promise<void> {
  const { docker } = await findEngine();
  await sweep(docker);
  await sleep(APPEARS_WITHIN_MS);
  await sweep(docker);
}
