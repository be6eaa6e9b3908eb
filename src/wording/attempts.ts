import type { Unobserved } from '../assertions/events/attempts';

/** Returns `the liveness probe of web could not fail: it finished 1 of 3 attempts`. */
export function attemptsText({ container, probe, attempts, needed }: Unobserved): string {
  return `the ${probe} probe of ${container} could not fail: it finished ${attempts} of ${needed} attempts`;
}
