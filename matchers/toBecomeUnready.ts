import { becameUnready } from '../src/judgements/becameUnready';
import { readyBudget } from '../src/manifest/budget';
import { eventually } from './kernel/eventually';
import { OCCURRENCE, type Occurrence, sinceOf } from './kernel/occurrence';
import { WITHIN, type Within } from './kernel/within';

export type ToBecomeUnreadyOptions = Within & Occurrence;

/** Holds once the pod, having been Ready, is so no longer since the last thing the test did to it. */
export const toBecomeUnready = eventually<ToBecomeUnreadyOptions>({
  name: 'toBecomeUnready',
  checks: { ...WITHIN, ...OCCURRENCE },
  expected: () => 'Ready, then unready',
  unexpected: () => 'never unready after Ready',
  since: sinceOf,
  judge: becameUnready,
  budget: readyBudget,
});
