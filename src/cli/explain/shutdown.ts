import { sleptSeconds } from '../../lint/preStopSleep';
import type { Container } from '../../manifest/model';

const WINDOW_MIN_SECONDS = 2;

/** How a container is stopped, in seconds from the decision to stop it. */
export interface Shutdown {
  readonly graceSeconds: number;
  /** What preStop surely takes; undefined where it may take the whole grace, 0 where there is none or it is skipped. */
  readonly preStopSeconds: number | undefined;
  /** When SIGTERM is sent, at the latest. */
  readonly termSeconds: number;
  /** When SIGKILL is sent to what still runs. */
  readonly killSeconds: number;
}

/** Source: kuberuntime_container.go `killContainer`: preStop's time is deducted from the grace, and 2 s are the least. */
export function shutdownOf({ lifecycle }: Container, graceSeconds: number): Shutdown {
  const { preStop } = lifecycle ?? {};
  const slept = preStop && graceSeconds > 0 ? sleptSeconds(preStop) : 0;
  const termSeconds = Math.min(slept ?? graceSeconds, graceSeconds);
  // What a hook of unknown length leaves of the grace is its own affair, as long as it ends in time.
  const killSeconds = Math.max(graceSeconds, (slept === undefined ? 0 : Math.floor(termSeconds)) + WINDOW_MIN_SECONDS);
  return { graceSeconds, preStopSeconds: slept, termSeconds, killSeconds };
}
