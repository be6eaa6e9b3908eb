import { after, CREATED, type Instant, NEVER } from '../../../../../src/clock/instant';
import { durationMs, listOf, type Words } from '../../subjects/words';
import { beginningOf, endOf, isBefore, type Moment } from '../moment';
import type { Record } from '../record';
import type { Names } from '../tokens';
import { UNNAMED_END } from './check';

/** Qualifiers that any check may have. */
export const QUALIFIERS = ['within', 'throughout', 'at', 'after', 'before', 'whenever', 'observedBetween'] as const;

/**
 * The times of a check, as in its case. At most one of `within`, `throughout`, `at`, `whenever` and `observedBetween`
 * is set.
 */
export interface Qualifiers {
  readonly mode: 'none' | 'within' | 'throughout' | 'at' | 'whenever' | 'observedBetween';
  /** The duration of `within` and `throughout`, or NEVER for `all`. */
  readonly forMs: number;
  /** The point of `at`, or undefined for the end of the run. */
  readonly at: Point | undefined;
  readonly whenever: string | undefined;
  readonly between: readonly [Point, Point] | undefined;
  readonly after: Point | undefined;
  readonly before: Point | undefined;
}

/** A time or an event. */
type Point = (record: Record) => Moment | undefined;

const MODES = ['within', 'throughout', 'at', 'whenever', 'observedBetween'] as const;

export function qualifiersOf(check: Words, names: Names): Qualifiers {
  const modes = MODES.filter((mode) => mode in check);
  if (modes.length > 1) throw new Error(`${check.check}: ${modes.join(' and ')} exclude each other`);
  const [mode = 'none'] = modes;
  const [from, to, ...more] = listOf('observedBetween', check.observedBetween ?? []);
  if (mode === 'observedBetween' && (to === undefined || more.length > 0))
    throw new Error('observedBetween needs two events');
  return {
    mode,
    forMs: mode === 'within' || mode === 'throughout' ? lengthOf(mode, check[mode]) : NEVER,
    at: mode === 'at' && check.at !== 'end' ? pointOf('at', check.at, names, endOf) : undefined,
    whenever: mode === 'whenever' ? String(check.whenever) : undefined,
    between:
      to === undefined ? undefined : [pointOf('from', from, names, beginningOf), pointOf('to', to, names, endOf)],
    after: check.after === undefined ? undefined : pointOf('after', check.after, names, beginningOf),
    before: check.before === undefined ? undefined : pointOf('before', check.before, names, beginningOf),
  };
}

function lengthOf(mode: 'within' | 'throughout', value: unknown): number {
  return mode === 'throughout' && value === 'all' ? NEVER : durationMs(mode, value);
}

function pointOf(where: string, value: unknown, names: Names, side: (at: Instant) => Moment): Point {
  if (/^-?[\d.]+s$/.test(String(value))) {
    const moment = side(after(CREATED, durationMs(where, value)));
    return () => moment;
  }
  const event = names.event(where, value);
  return (record) => record.momentOf(event);
}

/** The part of the record that a check is about. */
export interface Span {
  readonly from: Moment;
  readonly to: Moment;
  /** True if no later event belongs to it. */
  readonly closed: boolean;
}

/** Returns the span, or undefined before the event or time of its beginning. */
export function spanOf(
  { mode, forMs, at, between, after: afterPoint, before }: Qualifiers,
  record: Record,
): Span | undefined {
  const from = between ? between[0](record) : afterPoint ? afterPoint(record) : beginningOf(CREATED);
  if (!from || from.at > record.now) return undefined;
  const limits = [
    ...(mode === 'within' ? [endOf(after(from.at, forMs))] : []),
    // The end of the interval is not in it.
    ...(mode === 'throughout' ? [beginningOf(after(from.at, forMs))] : []),
    ...(mode === 'at' && at ? [at(record)] : []),
    ...(between ? [between[1](record)] : []),
    ...(before ? [before(record)] : []),
  ].filter((limit) => limit !== undefined);
  const to = limits.reduce((first, limit) => (isBefore(limit, first) ? limit : first), endOf(NEVER));
  return { from, to, closed: to.at < record.now };
}

/** Returns the end of the time that a check names, if it is known. */
export function namedEnd(qualifiers: Qualifiers, record: Record): Instant | undefined {
  const { mode, forMs, at, after: afterPoint } = qualifiers;
  if (mode === 'at') return at && (at(record)?.at ?? UNNAMED_END);
  if ((mode !== 'within' && mode !== 'throughout') || forMs === NEVER) return undefined;
  const from = afterPoint ? afterPoint(record) : beginningOf(CREATED);
  return from ? after(from.at, forMs) : UNNAMED_END;
}

export function isIn({ from, to }: Span, moment: Moment): boolean {
  return !isBefore(moment, from) && isBefore(moment, to);
}
