import type { OptionNames } from './options';

/** How a pod is deleted. */
export interface DeleteOptions {
  /** As `kubectl delete --grace-period` has it; the pod's own when absent. */
  readonly gracePeriodSeconds?: number;
}

export const DELETE_OPTIONS: OptionNames<DeleteOptions> = { gracePeriodSeconds: true };
