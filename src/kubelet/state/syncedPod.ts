import type { Instant } from '../../clock/instant';
import type { ObjectMeta, PodSpec } from '../../manifest/model';

/** A pod as the API last told it to the kubelet. */
export interface SyncedPod {
  readonly metadata: ObjectMeta;
  readonly spec: PodSpec;
  readonly deletion?: Deletion;
  /** Conditions that others than the kubelet have set: readiness gates. */
  readonly foreignConditions: Readonly<Record<string, 'True' | 'False' | 'Unknown'>>;
}

export interface Deletion {
  /** Instant in the future during the grace period: the request's instant plus the grace period. */
  readonly deletionTimestamp: Instant;
  readonly deletionGracePeriodSeconds: number;
}
