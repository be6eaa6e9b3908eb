/** Reason why no Service sends requests to a pod: its selector or its `targetPort` does not fit. */
export type BackendObstacle =
  | { readonly kind: 'selectsNothing'; readonly service: string; readonly selector: string }
  | { readonly kind: 'unknownTargetPort'; readonly service: string; readonly port: string };

/** Services of a pod, as its clients see them. */
export interface Backend {
  /** True if the Service sets `publishNotReadyAddresses`, so readiness has no effect. */
  readonly publishNotReadyAddresses?: boolean;
  /** Reason why no Service sends requests to the pod. */
  readonly obstacle?: BackendObstacle;
  /** True if the manifest has no Service, and one that selects the pod is assumed. */
  readonly isAssumed?: boolean;
}
