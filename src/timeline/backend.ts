/** How clients come to the pod. */
export interface Backend {
  /** The Service's `publishNotReadyAddresses`: readiness does not matter. */
  readonly publishNotReadyAddresses?: boolean;
  /** Why no Service sends requests to the pod, though one is meant to. */
  readonly obstacle?: string;
  /** True if there is no Service, and one that selects the pod is assumed. */
  readonly isAssumed?: boolean;
}
