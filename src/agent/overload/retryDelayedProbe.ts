import type { Observation } from '../../kubelet';
import { formatDuration } from '../../wording/durations';
import { type BlockedTime, HeldUp } from './heldUp';
import type { Starved } from './starvation';
import { waitedText } from './waitedText';

type AttemptOutcome = Extract<Observation, { readonly kind: 'ProbeAnswered' }>['outcome'];

/** Result of attempts that all show nothing about the app. */
export interface Unjudged {
  readonly result: 'Unjudged';
  /** The container that got no processor time, and for how long. */
  readonly why: string;
}

/** An attempt shows nothing about the app if this process was blocked for this share of the probe's timeout. */
const UNFAIR_SHARE = 1 / 4;
const ATTEMPTS_MAX = 3;

interface Attempted {
  readonly whose: string;
  readonly timeoutMs: number;
  /** True if the app is frozen: it does not respond, and gets no processor time because it needs none. */
  readonly isFrozen?: () => boolean;
  /**
   * Starts to watch whether the app gets its processor time. The returned function reports the container that got none.
   */
  readonly watchApp?: () => () => Starved | undefined;
}

/**
 * Runs an attempt at a probe, and repeats it if it timed out while this process was blocked or the app waited for a
 * processor: its response may have arrived unread. `onHeldUp` receives the milliseconds of that, and the result is
 * `Unjudged` if no attempt was fair.
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
  const why = `jest-kubelet was blocked for ${heldUpMs}ms of the ${formatDuration(timeoutMs)} timeout of ${whose}`;
  return { ms: heldUpMs, why };
}

function starvedFor(whose: string, starved: Starved | undefined): Unfair | undefined {
  return starved && { ms: Math.round(starved.waitedMs), why: `${waitedText(starved)} when ${whose} timed out` };
}

function isBad({ result }: AttemptOutcome): boolean {
  return result === 'Failure' || result === 'Errored';
}
