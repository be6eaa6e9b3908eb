import type { PodSpec } from '../../manifest/model';
import { type WaitLimit, wholeStartLimit } from '../../timing/waits';
import { steadyStateWatchMs } from '../../timing/watches';
import type { LimitOrigin } from '../../waiting/waitDeadline';

/** How long an assertion is waited for, or watched. */
export type Window =
  /** It is evaluated once. */
  | { readonly kind: 'now' }
  | { readonly kind: 'for'; readonly ms: number }
  /** As long as the start of the pod may take. */
  | { readonly kind: 'ready' }
  /** Until each probe could have failed for good. */
  | { readonly kind: 'steadyState' }
  | { readonly kind: 'limit'; readonly limit: WaitLimit; readonly from: LimitOrigin };

/** Returns the longest that a window of a pod takes, in milliseconds. */
export function longestMs(window: Window, spec: PodSpec): number {
  switch (window.kind) {
    case 'now':
      return 0;
    case 'for':
      return window.ms;
    case 'ready':
      return wholeStartLimit(spec).ms;
    case 'steadyState':
      return steadyStateWatchMs(spec, () => 0);
    case 'limit':
      return window.limit.ms;
  }
}
