import { containersOf, type PodSpec } from '../../manifest/model';
import { type WaitLimit, wholeStartLimit } from '../../timing/waits';
import {
  detectedWithinMs,
  faultWatchMs,
  livenessWatchMs,
  type RanFor,
  restartedWithinMs,
  steadyStateWatchMs,
} from '../../timing/watches';
import type { LimitOrigin } from '../../waiting/waitDeadline';

/** Time during which a step waits for an assertion, or watches it. */
export type CheckWindow =
  /** It is evaluated once. */
  | { readonly kind: 'now' }
  | { readonly kind: 'for'; readonly ms: number }
  /** The longest start of the pod. */
  | { readonly kind: 'ready' }
  | { readonly kind: 'limit'; readonly limit: WaitLimit; readonly from: LimitOrigin }
  | TimedWindow;

/** Window whose length depends on how long the containers have run when it begins. */
export type TimedWindow =
  /** Until readiness has detected a fault. */
  | { readonly kind: 'unready'; readonly container: string }
  /** Until liveness has restarted the container. */
  | { readonly kind: 'restarted'; readonly container: string }
  /** Until the liveness probe of each container could have killed it. */
  | { readonly kind: 'notRestarted'; readonly containers: readonly string[] }
  /** Until each probe of these containers could have detected a fault, and a restart could be over. */
  | { readonly kind: 'fault'; readonly containers: readonly string[] }
  /** Until each probe of the pod could have reached its failureThreshold. */
  | { readonly kind: 'steadyState' };

/** Returns how long a window takes, in milliseconds. */
export function timedWindowMs(window: TimedWindow, spec: PodSpec, ranFor: RanFor): number {
  const all = containersOf(spec);
  switch (window.kind) {
    case 'steadyState':
      return steadyStateWatchMs(spec, ranFor);
    case 'notRestarted':
      return livenessWatchMs(
        all.filter(({ name }) => window.containers.includes(name)),
        ranFor,
      );
    case 'fault':
      return faultWatchMs(
        spec,
        all.filter(({ name }) => window.containers.includes(name)),
        ranFor,
      );
    case 'unready': {
      const probe = all.find(({ name }) => name === window.container)?.readinessProbe;
      return probe ? detectedWithinMs(probe, ranFor(window.container)) : 0;
    }
    case 'restarted': {
      const container = all.find(({ name }) => name === window.container);
      return container?.livenessProbe ? restartedWithinMs(spec, container, container.livenessProbe, ranFor) : 0;
    }
  }
}

/** Returns the longest that a window of a pod takes, in milliseconds. */
export function longestMs(window: CheckWindow, spec: PodSpec): number {
  switch (window.kind) {
    case 'now':
      return 0;
    case 'for':
      return window.ms;
    case 'ready':
      return wholeStartLimit(spec).ms;
    case 'limit':
      return window.limit.ms;
    default:
      return timedWindowMs(window, spec, () => 0);
  }
}
