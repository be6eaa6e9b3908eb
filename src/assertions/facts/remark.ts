/** Assumption behind a result. */
export type Remark =
  /** No Service selects the pod, so one is assumed. */
  | { readonly kind: 'assumedService' }
  /** A simulated pod passes in this number of the orders of its probe ticks. */
  | { readonly kind: 'probeOrders'; readonly passed: number; readonly of: number };
