import type { OptionNames } from './options';

/** Options of a deletion. */
export interface DeleteOptions {
  /** The grace period like `kubectl delete --grace-period`; the pod's own if absent. */
  readonly gracePeriodSeconds?: number;
}

export const DELETE_OPTIONS: OptionNames<DeleteOptions> = { gracePeriodSeconds: true };
