/** Reason why no Service sends requests to a pod. */
export type BackendObstacle =
  /** No workload of the manifest has the labels of its selector. */
  | { readonly kind: 'selectsNothing'; readonly service: string; readonly selector: string }
  /** No container of the pod has a port with the name of its `targetPort`. */
  | { readonly kind: 'unknownTargetPort'; readonly service: string; readonly port: string };

/** Services of a pod, as its clients see them. */
export interface Backend {
  /** True if the Service sets `publishNotReadyAddresses`, so readiness has no effect. */
  readonly publishNotReadyAddresses?: boolean;
  /** Reason why no Service sends requests to the pod. */
  readonly obstacle?: BackendObstacle;
  /** True if there is no Service, and one that selects the pod is assumed. */
  readonly isAssumed?: boolean;
}
