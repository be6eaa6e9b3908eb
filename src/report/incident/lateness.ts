import { isA } from '../../timeline/event';
import { formatSeconds } from '../../wording/durations';
import type { Incident } from './incident';

/** Returns how late this machine was during the last instance, if it may have affected the result. */
export function lateness({ lastLife }: Incident): string | undefined {
  const late = lastLife.filter((event) => isA('HeldUp', event));
  const [worst] = late.toSorted((a, b) => b.byMs - a.byMs);
  if (!worst) return undefined;
  const count = late.length === 1 ? '' : `, the worst of ${late.length} delays`;
  return `This machine was overloaded: jest-kubelet was late by ${formatSeconds(worst.byMs)} at +${formatSeconds(worst.at)}${count}. To rule it out, run fewer pods in parallel (JEST_KUBELET_MAX_PODS).`;
}
