import { type Duration, parseDuration } from '../../src/clock/duration';
import type { Budget } from '../../src/manifest/budget';
import { roundDuration } from '../../src/report/seconds';
import { Misuse } from './misuse';

/** How long to wait, on the pod's clock; by the manifest's own budget when neither is given. */
export interface Within {
  readonly within?: Duration | undefined;
  readonly withinMs?: number | undefined;
}

export interface Limit {
  readonly ms: number;
  /** As it reads after `within`. */
  readonly text: string;
}

/** The time a wait gets: what was asked for, else the manifest's own budget. */
export function limitOf({ within, withinMs }: Within, budget: () => Budget): Limit {
  if (within !== undefined && withinMs !== undefined) throw new Misuse('give within or withinMs, not both');
  const asked = within === undefined ? withinMs : millisecondsOf(within);
  if (asked !== undefined) return { ms: positive(asked), text: roundDuration(asked) };
  const { ms, limited } = budget();
  return { ms, text: `${roundDuration(ms)} (${limited ? "the manifest's own limit" : 'the manifest sets no limit'})` };
}

function millisecondsOf(within: Duration): number {
  const ms = parseDuration(within);
  if (ms !== undefined) return ms;
  const right = "write a number with its unit, like '30s', '5m' or '1m30s', or milliseconds as withinMs";
  throw new Misuse(`within: ${JSON.stringify(within)} is no duration; ${right}`);
}

function positive(ms: number): number {
  if (Number.isFinite(ms) && ms > 0) return ms;
  throw new Misuse(`withinMs: ${ms} is no time to wait; write a number of milliseconds above 0`);
}
