import type { Observation } from '../../kubelet';
import { type BlockedTime, HeldUp } from './heldUp';
import type { Starved } from './starvation';
import { waitedText } from './waitedText';

type AttemptOutcome = Extract<Observation, { readonly kind: 'ProbeAnswered' }>['outcome'];

/** Result of attempts of which none shows anything about the app. */
export interface Unjudged {
  readonly result: 'Unjudged';
  /** Who got no processor time, and how little. */
  readonly why: string;
}

/** Held up for so much of the time that an answer has, the attempt has shown nothing about the app. */
const UNFAIR_SHARE = 1 / 4;
const ATTEMPTS_MAX = 3;

interface Attempted {
  readonly whose: string;
  readonly timeoutMs: number;
  /** True if the app is frozen: it does not respond, and gets no processor time because it wants none. */
  readonly isFrozen?: () => boolean;
  /** Begins to watch whether the app gets its processor time; what it returns says who got none. */
  readonly watchApp?: () => () => Starved | undefined;
}

/**
 * Makes an attempt at a probe, and makes it anew where it ran out of time while this process was held up itself (the
 * answer may have been there, and nobody read it), or the app wanted a processor and did not get one. `onHeldUp` is told
 * for how many milliseconds that was. Where no attempt comes about that is fair, the result is that.
 */
export async function retryDelayedProbe(
  { whose, timeoutMs, isFrozen = () => false, watchApp = () => () => undefined }: Attempted,
  attempt: () => Promise<AttemptOutcome>,
  onHeldUp: (ms: number) => void,
  watch: () => Pick<HeldUp, 'stop'> = () => new HeldUp(),
): Promise<AttemptOutcome | Unjudged> {
  for (let attempts = 1; ; attempts += 1) {
    const watched = watch();
    const ofApp = watchApp();
    const outcome = await attempt();
    const starved = ofApp();
    const own = watched.stop();
    if (!isBad(outcome) || own.tookMs < timeoutMs || isFrozen()) return outcome;
    const unfair = unreadFor(whose, timeoutMs, own) ?? starvedFor(whose, starved);
    if (!unfair) return outcome;
    onHeldUp(unfair.ms);
    if (attempts === ATTEMPTS_MAX) return { result: 'Unjudged', why: unfair.why };
  }
}

interface Unfair {
  readonly ms: number;
  readonly why: string;
}

function unreadFor(whose: string, timeoutMs: number, { heldUpMs }: BlockedTime): Unfair | undefined {
  if (heldUpMs < timeoutMs * UNFAIR_SHARE) return undefined;
  const why = `${whose} has ${timeoutMs}ms for a response, and could not be read for ${heldUpMs}ms of them`;
  return { ms: heldUpMs, why };
}

function starvedFor(whose: string, starved: Starved | undefined): Unfair | undefined {
  return starved && { ms: Math.round(starved.waitedMs), why: `${waitedText(starved)} when ${whose} timed out` };
}

function isBad({ result }: AttemptOutcome): boolean {
  return result === 'Failure' || result === 'Errored';
}
