/** A measured time may be 20% longer the next time. */
const MARGIN = 1.2;

/** Returns a measured time with its margin, in whole seconds. */
export function secondsFor(ms: number): number {
  return Math.ceil((ms * MARGIN) / 1_000);
}
