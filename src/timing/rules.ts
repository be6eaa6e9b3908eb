/** Shortest time between a stop signal and SIGKILL. Source: kuberuntime_container.go `minimumGracePeriodInSeconds`. */
export const LEAST_GRACE_PERIOD_SECONDS = 2;

/** Crash-loop and image back-off. Source: kubelet.go `newCrashLoopBackOff`; client-go flowcontrol `Backoff`. */
export const BACK_OFF = { initialMs: 10_000, maxMs: 300_000, resetMs: 600_000 } as const;

/** Crash-loop back-off with the gate ReduceDefaultCrashLoopBackOffDecay. */
export const REDUCED_BACK_OFF = { initialMs: 1_000, maxMs: 60_000 } as const;

/** Syncs that nothing triggers. Source: kubelet.go `syncFrequency`; pod_workers.go `backOffPeriod`, `completeWork`. */
export const RETRY = {
  /** After a failed start that says nothing about when to try again. */
  everyMs: 10_000,
  /** A wait that is longer is looked at again after this. */
  resyncMs: 60_000,
  /** Each of these takes 1 to 1 + jitter times as long. */
  jitter: 0.5,
} as const;

/** Period of the garbage collection of back-off entries. Source: kubelet.go `housekeepingPeriod`. */
export const HOUSEKEEPING_MS = 2_000;
