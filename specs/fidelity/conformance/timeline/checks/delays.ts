import { after, CREATED, type Instant } from '../../../../../src/clock/instant';
import { durationMs, listOf, type Words, wordsOf } from '../../subjects/words';
import { beginningOf, isBefore, type Moment, seconds } from '../moment';
import type { Record } from '../record';
import type { Names } from '../tokens';
import type { Check } from './check';
import type { Qualifiers } from './span';

/** Back-off takes its time: as long as this the delays are waited for that a check asks about. */
const PATIENCE_MS = 3_600_000;

/** Which delay a check of a container has looked at last, counted from its first; undefined until it has. */
export type LookedAt = (record: Record) => number | undefined;

/** A check of one restart delay, and the position at which the next one starts. */
export interface DelayCheck {
  readonly check: Check;
  readonly lookedAt: LookedAt;
}

/**
 * Returns a check of a restart delay: the `nth` from 1, any of the first three, or the one after the last checked
 * delay.
 */
export function restartDelay(
  { container: name, nth, min, max }: Words,
  names: Names,
  { after: afterPoint }: Qualifiers,
  before: LookedAt = () => -1,
): DelayCheck {
  const container = names.container('restartDelay', name);
  if (min === undefined && max === undefined) throw new Error('restartDelay needs min or max');
  const minMs = min === undefined ? 0 : durationMs('min', min);
  const maxMs = max === undefined ? Number.POSITIVE_INFINITY : durationMs('max', max);
  const isWanted = (ms: number) => ms >= minMs && ms <= maxMs;
  const delays = (record: Record) => record.runs.restartsOf(container);
  const since = afterPoint ?? (() => beginningOf(CREATED));
  const candidates = candidatesOf(nth, delays, since, before);

  const lookedAt: LookedAt = (record) => {
    const wanted = candidates(record);
    const known = delays(record);
    const found = wanted.find((index) => isWanted(known[index]?.delayMs ?? Number.NaN));
    const last = wanted.at(-1);
    return found ?? (last !== undefined && last < known.length ? last : undefined);
  };
  return {
    lookedAt,
    check: {
      judge(record) {
        const index = lookedAt(record);
        const delay = index === undefined ? undefined : delays(record)[index];
        return { holds: delay !== undefined && isWanted(delay.delayMs), final: delay !== undefined };
      },
      endsAt: (record) => patience(since(record)),
      atEnd: false,
      received: (record) => `delays of ${container}: ${delaysText(record, container)}`,
    },
  };
}

function candidatesOf(
  nth: unknown,
  delays: (record: Record) => readonly { readonly start: Moment }[],
  since: (record: Record) => Moment | undefined,
  before: LookedAt,
): (record: Record) => readonly number[] {
  const firstOf = (record: Record): number | undefined => {
    const from = since(record);
    return from && delays(record).filter(({ start }) => !isBefore(from, start)).length;
  };
  const fromFirst = (offsets: readonly number[]) => (record: Record) => {
    const first = firstOf(record);
    return first === undefined ? [] : offsets.map((offset) => first + offset);
  };
  if (nth === 'any-of-first-3') return fromFirst([0, 1, 2]);
  if (nth === 'next') {
    return (record) => {
      const [last, first] = [before(record), firstOf(record)];
      return last === undefined || first === undefined ? [] : [Math.max(last + 1, first)];
    };
  }
  if (!Number.isInteger(nth) || Number(nth) < 1) throw new Error(`restartDelay.nth: unknown ${JSON.stringify(nth)}`);
  return fromFirst([Number(nth) - 1]);
}

/** Returns a check that a delay is at most a multiple of other delays. */
export function restartDelayCompare({ container: name, delay, atMost }: Words, names: Names): Check {
  const container = names.container('restartDelayCompare', name);
  const own = names.event('delay', delay);
  const limits = listOf('atMost', atMost).map((limit) => {
    const { times, of } = wordsOf('atMost[]', limit, ['times', 'of']);
    return { times: Number(times), of: names.event('of', of) };
  });
  if (limits.length === 0) throw new Error('restartDelayCompare.atMost needs a delay');
  return {
    judge(record) {
      const ms = record.observed(own, container)?.delayMs;
      const others = limits.map(({ of }) => record.observed(of, container)?.delayMs);
      const known = ms !== undefined && !others.includes(undefined);
      const holds = known && limits.every(({ times }, index) => ms <= times * Number(others[index]));
      return { holds, final: known };
    },
    endsAt: () => patience(beginningOf(CREATED)),
    atEnd: false,
    received: (record) =>
      [own, ...limits.map(({ of }) => of)]
        .map((each) => `${each} ${record.observed(each, container)?.delayMs ?? 'not observed'} ms`)
        .join(', '),
  };
}

function patience(from: Moment | undefined): Instant {
  return after(from?.at ?? CREATED, PATIENCE_MS);
}

function delaysText(record: Record, container: string): string {
  const delays = record.runs.restartsOf(container);
  return delays.map(({ delayMs, start }) => `${seconds(delayMs)} (+${seconds(start.at)})`).join(', ') || 'none';
}
