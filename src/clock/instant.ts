declare const instant: unique symbol;

/**
 * Point on a pod's clock: milliseconds since the pod was created, which is a whole second by definition.
 *
 * The difference of two instants is a number of milliseconds, and `after` adds to an instant.
 */
export type Instant = number & { readonly [instant]: 'Instant' };

/** The instant at which the pod was created. */
export const CREATED = 0 as Instant;

/** No instant at all: later than any other. */
export const NEVER = Number.POSITIVE_INFINITY as Instant;

export function after(from: Instant, ms: number): Instant {
  return (from + ms) as Instant;
}

export function earliest(...instants: readonly Instant[]): Instant {
  let first = NEVER;
  for (const instant of instants) if (instant < first) first = instant;
  return first;
}

/**
 * Cuts an instant to whole seconds, as every timestamp in the Kubernetes API is.
 *
 * Source: status_manager.go `normalizeStatus`.
 */
export function wholeSeconds(at: Instant): Instant {
  return (Math.floor(at / 1000) * 1000) as Instant;
}
