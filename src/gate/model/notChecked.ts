import type { CheckId } from './checks';

/** Something that a check would also cover if it were given more. */
export interface NotChecked {
  readonly check: CheckId;
  /** `outages of services` */
  readonly what: string;
  readonly why: string;
}
