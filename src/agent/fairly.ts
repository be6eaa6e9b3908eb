import type { Observation } from '../kubelet';
import { overloaded } from '../runtime/overloaded';
import { HeldUp } from './heldUp';

type ProbeOutcome = Extract<Observation, { readonly kind: 'ProbeAnswered' }>['outcome'];

/** Held up for so much of the time that an answer has, the attempt has shown nothing about the app. */
const UNFAIR_SHARE = 1 / 4;
const ATTEMPTS_MAX = 3;

/**
 * Makes an attempt at a probe, and makes it anew where it ran out of time while this process was held up itself: the
 * answer may have been there, and nobody read it. `onHeldUp` is told for how many milliseconds that was.
 *
 * @throws RuntimeError where no attempt comes about that is fair.
 */
export async function fairly(
  { whose, timeoutMs }: { readonly whose: string; readonly timeoutMs: number },
  attempt: () => Promise<ProbeOutcome>,
  onHeldUp: (ms: number) => void,
  watch: () => Pick<HeldUp, 'stop'> = () => new HeldUp(),
): Promise<ProbeOutcome> {
  for (let attempts = 1; ; attempts += 1) {
    const watched = watch();
    const outcome = await attempt();
    const { tookMs, heldUpMs } = watched.stop();
    if (!isBad(outcome) || tookMs < timeoutMs || heldUpMs < timeoutMs * UNFAIR_SHARE) return outcome;
    onHeldUp(heldUpMs);
    if (attempts === ATTEMPTS_MAX) {
      throw overloaded(`${whose} has ${timeoutMs} ms for a response, and could not be read for ${heldUpMs} ms of them`);
    }
  }
}

function isBad({ result }: ProbeOutcome): boolean {
  return result === 'Failure' || result === 'Errored';
}
