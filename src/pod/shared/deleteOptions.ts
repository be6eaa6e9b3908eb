import type { OptionNames } from './options';

/** Options of a deletion. */
export interface DeleteOptions {
  /** Grace period, like `kubectl delete --grace-period`. Default: that of the pod. */
  readonly gracePeriodSeconds?: number;
}

export const DELETE_OPTIONS: OptionNames<DeleteOptions> = { gracePeriodSeconds: true };
