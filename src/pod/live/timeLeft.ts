import { realNow } from '../../clock/realNow';
import type { Pod } from '../../manifest/model';
import { wholeStartLimit } from '../../timing/waits';
import { deadline } from '../shared/registry';

/** What a test needs besides. */
const SPARE_SECONDS = 30;

/**
 * What to say of a pod that its own probes give more time to become Ready than the calling test or hook has left;
 * undefined where there is enough, or nobody knows.
 */
export function tooLittleTimeFor({ metadata, spec }: Pod): string | undefined {
  const at = deadline();
  const { ms, limited } = wholeStartLimit(spec);
  if (at === undefined || !limited || realNow() + ms <= at) return undefined;
  const seconds = Math.ceil(ms / 1000);
  return (
    `the probes of pod ${metadata.name} give it ${seconds} s to become Ready, more than is left of the test; ` +
    `give it more: test(name, fn, ${(seconds + SPARE_SECONDS) * 1000}), or testTimeout in the configuration`
  );
}
