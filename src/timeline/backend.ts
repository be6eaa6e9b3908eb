/** Services of a pod, as its clients see them. */
export interface Backend {
  /** True if the Service sets `publishNotReadyAddresses`, so readiness has no effect. */
  readonly publishNotReadyAddresses?: boolean;
  /** Reason why no Service sends requests to the pod, although one should. */
  readonly obstacle?: string;
  /** True if the manifest has no Service, and one that selects the pod is assumed. */
  readonly isAssumed?: boolean;
}
