import { isA } from '../../timeline/event';
import { formatSeconds } from '../../wording/durations';
import type { Incident } from './incident';

/** How late this machine itself was in the life that came to the incident, where that may have had a part in it. */
export function lateness({ lastLife }: Incident): string | undefined {
  const late = lastLife.filter((event) => isA('HeldUp', event));
  const [worst] = late.toSorted((a, b) => b.byMs - a.byMs);
  if (!worst) return undefined;
  const often = late.length === 1 ? '' : `, the worst of ${late.length} times`;
  return `This machine was late itself, by ${formatSeconds(worst.byMs)} at +${formatSeconds(worst.at)}${often}: fewer pods at once (JEST_KUBELET_MAX_PODS) may decide otherwise.`;
}
