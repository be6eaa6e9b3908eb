/** A fact that a result rests on. */
export type Remark =
  /** No Service selects the pod, so one is assumed. */
  | { readonly kind: 'assumedService' }
  /** A simulated pod passes in so many of the orders that the ticks of its probes can have. */
  | { readonly kind: 'probeOrders'; readonly passed: number; readonly of: number };
