import { realNow } from '../../clock/realNow';
import type { Pod } from '../../manifest/model';
import { wholeStartLimit } from '../../timing/waits';
import { deadline } from '../shared/registry';

/** Time of a test besides its pod. */
const SPARE_SECONDS = 30;

/**
 * Returns the message for a pod whose own probes give it more time to become Ready than the calling test or hook has
 * left. Returns undefined if there is enough time, or the time is unknown.
 */
export function tooLittleTimeFor({ metadata, spec }: Pod): string | undefined {
  const at = deadline();
  const { ms, limited } = wholeStartLimit(spec);
  if (at === undefined || !limited || realNow() + ms <= at) return undefined;
  const seconds = Math.ceil(ms / 1000);
  return (
    `the probes of pod ${metadata.name} give it ${seconds}s to become Ready, more than is left of the test; ` +
    `give it more: test(name, fn, ${(seconds + SPARE_SECONDS) * 1000}), or testTimeout in the configuration`
  );
}
