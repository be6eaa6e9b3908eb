import { after, type Instant } from '../../clock/instant';
import type { Profile } from '../behavior/profile';
import { random } from './random';

/**
 * When within its period a kubelet looks at the runtime, and at its queue of retries: two tickers that began with it and
 * have nothing to do with the pod.
 *
 * Source: pleg/generic.go `Start`; kubelet.go `syncLoop` (syncTicker).
 */
export interface Raster {
  readonly relistMs: number;
  readonly queueMs: number;
}

export function rasterOf(profile: Profile, seed: number): Raster {
  const [relist, next] = random(seed);
  const [queue] = random(next);
  return { relistMs: Math.floor(relist * profile.relistMs), queueMs: Math.floor(queue * profile.relistMs) };
}

interface Ticking {
  readonly raster: Raster;
  readonly config: { readonly profile: Profile };
}

/** Returns the instant of the first look at the runtime, `at` or later. */
export function nextRelistAt({ raster, config }: Ticking, at: Instant): Instant {
  return nextTick(at, raster.relistMs, config.profile.relistMs);
}

/** Returns the instant of the first look at the queue, `at` or later. */
export function nextQueueLookAt({ raster, config }: Ticking, at: Instant): Instant {
  return nextTick(at, raster.queueMs, config.profile.relistMs);
}

function nextTick(at: Instant, phaseMs: number, periodMs: number): Instant {
  if (periodMs === 0 || at === Number.POSITIVE_INFINITY) return at;
  return after(at, (((phaseMs - at) % periodMs) + periodMs) % periodMs);
}
