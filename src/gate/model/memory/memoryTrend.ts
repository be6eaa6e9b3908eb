import { linearRegression, linearRegressionLine, standardDeviation } from 'simple-statistics';
import { MEMORY_WATCH_MS } from '../../../timing/watches';
import type { MemorySample } from './memorySample';

const MEBI = 1_048_576;
/** The allocator may cause a smaller rise. */
const LEAST_RISE_BYTES = MEBI;
/** A heap grows by some percent between two collections, and a collector may take longer than the watch. */
const LEAST_RISE_SHARE = 0.1;
/** A line that rises by this many standard deviations of its residuals explains three quarters of the variance. */
const NOISE_TIMES = 6;
/** A busy engine may take seconds for a sample. */
const LEAST_SAMPLES = 16;
/** A sample may be seconds late. */
const ALLOWANCE_MS = 3_000;

export interface MemoryTrend {
  readonly risesBytesPerMs: number;
  readonly firstBytes: number;
  readonly lastBytes: number;
  readonly overMs: number;
}

/** True if a container was measured long enough for a trend. */
export function isLongEnough(samples: readonly MemorySample[]): boolean {
  return samples.length >= LEAST_SAMPLES && measuredMs(samples) >= MEMORY_WATCH_MS - ALLOWANCE_MS;
}

/** Returns how long a container was measured. */
function measuredMs(samples: readonly MemorySample[]): number {
  return (samples.at(-1)?.atMs ?? 0) - (samples[0]?.atMs ?? 0);
}

/**
 * Returns how the working set rises in the second half of the measurement; undefined if the rise is noise, or has stopped.
 * The working set of a full cache does not rise in the last quarter.
 */
export function risingTrend(samples: readonly MemorySample[]): MemoryTrend | undefined {
  const start = samples[0]?.atMs ?? 0;
  const half = samples.filter(({ atMs }) => atMs - start >= measuredMs(samples) / 2);
  const quarter = half.slice(Math.floor(half.length / 2));
  if (half.length < LEAST_SAMPLES / 2) return undefined;
  const whole = lineThrough(half);
  const last = lineThrough(quarter);
  const isBeyondNoise =
    whole.riseBytes >=
    Math.max(LEAST_RISE_BYTES, LEAST_RISE_SHARE * (half[0]?.bytes ?? 0), NOISE_TIMES * whole.noiseBytes);
  const stillRises = last.bytesPerMs >= whole.bytesPerMs / 2;
  if (!isBeyondNoise || !stillRises) return undefined;
  return {
    risesBytesPerMs: whole.bytesPerMs,
    firstBytes: half[0]?.bytes ?? 0,
    lastBytes: half.at(-1)?.bytes ?? 0,
    overMs: measuredMs(half),
  };
}

/** Returns the slope of the straight line through samples, its rise, and the standard deviation from it. */
function lineThrough(samples: readonly MemorySample[]) {
  const start = samples[0]?.atMs ?? 0;
  const points = samples.map(({ atMs, bytes }): [number, number] => [atMs - start, bytes]);
  const line = linearRegression(points);
  const at = linearRegressionLine(line);
  return {
    bytesPerMs: line.m,
    riseBytes: line.m * measuredMs(samples),
    noiseBytes: standardDeviation(points.map(([ms, bytes]) => bytes - at(ms))),
  };
}
