import { after, type Instant } from '../../clock/instant';
import type { RunProbe } from '../../probes/attempt';
import { type Dialling, runProbe } from '../../probes/dial';
import type { Driver } from '../driver/driver';

/** The kernel accepts or refuses a connection within this, also for a process that is frozen. */
const CONNECTED_WITHIN_MS = 200;

interface AttemptPorts {
  readonly driver: Pick<Driver, 'isStill' | 'outlast'>;
  readonly now: () => Instant;
}

/**
 * Runs an attempt at a probe. A frozen pod never responds, and whether its port is open shows immediately, so the rest
 * of the attempt only passes time on the pod's clock.
 */
export async function attempt(
  command: RunProbe,
  dialling: Dialling,
  { driver, now }: AttemptPorts,
): ReturnType<typeof runProbe> {
  const { httpGet, grpc, timeoutSeconds } = command.probe;
  const isOfPod = grpc !== undefined || (httpGet !== undefined && httpGet.host === undefined);
  if (!isOfPod || !driver.isStill) return runProbe(command, dialling);
  const begunAt = now();
  const timeoutMs = timeoutSeconds * 1_000;
  const shortMs = Math.min(timeoutMs, CONNECTED_WITHIN_MS);
  const outcome = await runProbe(command, { ...dialling, waitMs: () => shortMs });
  if (outcome.result !== 'Failure' || now() - begunAt < shortMs) return outcome;
  const isTimedOut = driver.isStill && (await driver.outlast(command.run, after(begunAt, timeoutMs)));
  return isTimedOut ? outcome : runProbe(command, dialling);
}
