import type { Drop } from '../../timeline/history/drops';

/** One of several cases that decided a result. */
export type Detail =
  | { readonly kind: 'drop'; readonly drop: Drop }
  /** Number of further cases that are not listed. */
  | { readonly kind: 'more'; readonly count: number };
