import type { BackOff } from './backOff';
import type { FailedStart } from './protocol';

/** Failures of a pod that delay the next try. */
export interface BackOffState {
  /** The entries by container name and image: another image starts a new one. */
  readonly restarts: Readonly<Record<string, BackOff>>;
  readonly pulls: Readonly<Record<string, BackOff>>;
  /** Why the last pull of an image failed, for the message while waiting. */
  readonly pullErrors: Readonly<Record<string, StartError>>;
  /** Why a container's last start failed; a successful start clears it. Source: reason_cache.go. */
  readonly startErrors: Readonly<Record<string, StartError>>;
  /** The number of failed mounts of volumes. */
  readonly mountFailures: number;
}

/** State without any failure. */
export const NO_BACK_OFF: BackOffState = { restarts: {}, pulls: {}, pullErrors: {}, startErrors: {}, mountFailures: 0 };

/** A waiting reason (`CrashLoopBackOff`, `ErrImagePull`, …) and its message. */
export interface StartError extends FailedStart {
  readonly reason: string;
}
