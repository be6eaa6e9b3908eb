import { setTimeout as sleep } from 'node:timers/promises';
import { findEngine } from '../../runtime/docker/engine/engine';
import { sweep } from '../../runtime/docker/engine/remove';

/** Everything that the engine was still creating when the agent died appears within this time. */
const APPEARS_WITHIN_MS = 1_000;

/** Removes everything that killed agents of this machine have left on the engine. */
export async function sweepLeft(): Promise<void> {
  const { docker } = await findEngine();
  await sweep(docker);
  await sleep(APPEARS_WITHIN_MS);
  await sweep(docker);
}
