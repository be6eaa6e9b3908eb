import type { AskedEvent } from './kernel/call/eventFilter';

/**
 * What can stand for a value inside another matcher's: `expect(pod.events).toContainEqual(expect.podEvent('Killing'))`.
 * There is none for a matcher that waits: it would pass, and under `.not` fail, whatever comes of it.
 */
export interface ValueMatchers<Value> {
  /** An event of `pod.events`, by its reason or by some of what `kubectl describe` shows of it. */
  podEvent(event: AskedEvent): Value;
  /**
   * What has ended with that code (0 to 255): a container's status, in its state or else its last one, a terminated state,
   * an event of its exit.
   */
  exitCode(code: number): Value;
}
