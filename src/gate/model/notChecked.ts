import type { CheckId } from './checks';

/** Something that is not covered, and why. */
export interface Gap {
  /** `outages of services` */
  readonly what: string;
  readonly why: string;
}

/** Something that a check would also cover if it were given more. */
export interface NotChecked extends Gap {
  readonly check: CheckId;
}
