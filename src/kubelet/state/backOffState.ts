import type { BackOff } from './backOff';
import type { FailedStart } from './protocol';

/** What has failed in a pod, and holds back the next try. */
export interface BackOffState {
  /** By container name and image: another image starts afresh. */
  readonly restarts: Readonly<Record<string, BackOff>>;
  readonly pulls: Readonly<Record<string, BackOff>>;
  /** Why the last pull of an image failed, for the message while waiting. */
  readonly pullErrors: Readonly<Record<string, StartError>>;
  /** Why a container's last start failed; a successful start clears it. Source: reason_cache.go. */
  readonly startErrors: Readonly<Record<string, StartError>>;
  /** How often volumes could not be mounted. */
  readonly mountFailures: number;
}

/** Nothing has failed yet. */
export const NO_BACK_OFF: BackOffState = { restarts: {}, pulls: {}, pullErrors: {}, startErrors: {}, mountFailures: 0 };

/** A waiting reason (`CrashLoopBackOff`, `ErrImagePull`, …) and its message. */
export interface StartError extends FailedStart {
  readonly reason: string;
}
