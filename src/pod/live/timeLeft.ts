import { realNow } from '../../clock/realNow';
import type { Pod } from '../../manifest/model';
import { wholeStartLimit } from '../../timing/waits';
import { deadline } from '../shared/registry';

/** Time of a test besides its pod. */
const SPARE_SECONDS = 30;

/**
 * Returns a message if the probes of a pod allow it more time to become Ready than the calling test or hook has left.
 * Returns undefined if there is enough time, or the time is unknown.
 */
export function tooLittleTimeFor({ metadata, spec }: Pod): string | undefined {
  const at = deadline();
  const { ms, limited } = wholeStartLimit(spec);
  if (at === undefined || !limited || realNow() + ms <= at) return undefined;
  const seconds = Math.ceil(ms / 1000);
  return (
    `pod ${metadata.name} may need ${seconds}s to become Ready, but the test times out before that. ` +
    `Raise the timeout: test(name, fn, ${(seconds + SPARE_SECONDS) * 1000}), or testTimeout in your config`
  );
}
