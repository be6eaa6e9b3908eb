/** Services of a pod, as its clients see them. */
export interface Backend {
  /** True for the Service's `publishNotReadyAddresses`: readiness does not matter. */
  readonly publishNotReadyAddresses?: boolean;
  /** Why no Service sends requests to the pod, though one is meant to. */
  readonly obstacle?: string;
  /** True if there is no Service, and one that selects the pod is assumed. */
  readonly isAssumed?: boolean;
}
