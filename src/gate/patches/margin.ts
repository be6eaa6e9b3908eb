/** What was measured once may take a fifth more the next time. */
const MARGIN = 1.2;

/** The whole seconds that hold a measured time with its margin. */
export function secondsFor(ms: number): number {
  return Math.ceil((ms * MARGIN) / 1_000);
}
