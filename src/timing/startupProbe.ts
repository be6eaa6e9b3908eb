import type { Probe } from '../manifest/model';
import { probeTiming, thresholdToSurvive } from './probeTiming';

/** A startup probe with the check of another probe. */
export interface StartupProbe {
  readonly probe: Probe;
  /** The longest start that survives, in milliseconds. */
  readonly survivedStartMs: number;
}

/** Returns the startup probe that repeats the check of a probe until a start of `startMs` is over. */
export function startupProbeFor(probe: Probe, startMs: number): StartupProbe {
  const once: Probe = { ...probe, initialDelaySeconds: 0 };
  const startup = { ...once, failureThreshold: thresholdToSurvive(once, startMs) };
  return { probe: startup, survivedStartMs: probeTiming(startup).survivedStartMs };
}

/** Returns the fix that adds this startup probe. */
export function formatStartupProbeFix({ probe, survivedStartMs }: StartupProbe): string {
  const { periodSeconds, failureThreshold } = probe;
  return `add a startupProbe with the same check, periodSeconds: ${periodSeconds} and failureThreshold: ${failureThreshold}, which allows ${survivedStartMs / 1_000}s for the start`;
}
