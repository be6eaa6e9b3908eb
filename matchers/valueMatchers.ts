import type { EventFilterOrReason } from './kernel/call/eventFilter';

/**
 * Values inside another matcher: `expect(pod.events).toContainEqual(expect.podEvent('Killing'))`. Matchers that wait
 * have no such form, because an asymmetric matcher cannot wait.
 */
export interface ValueMatchers<Value> {
  /** Matches an event of `pod.events` by its reason or by a filter. */
  podEvent(event: EventFilterOrReason): Value;
  /**
   * Matches an object that ended with the given code (0 to 255): a container status, in its current state or otherwise
   * its last one, a terminated state, or the event of an exit.
   */
  exitCode(code: number): Value;
}
