import { type Duration, parseDuration } from '../../../src/clock/duration';
import { Misuse } from '../call/misuse';
import { mustBe } from '../call/options';

/**
 * Returns a duration of a test in milliseconds, or undefined if there is none. `name` is the option that takes a duration
 * with a unit, and `nameMs` takes milliseconds.
 *
 * @throws Misuse if both are given, or the value is invalid.
 */
export function askedMs(
  name: string,
  written: Duration | undefined,
  writtenMs: number | undefined,
): number | undefined {
  if (written !== undefined && writtenMs !== undefined)
    throw new Misuse(`${name} and ${name}Ms exclude each other. Pass only one of them`);
  if (written === undefined) return writtenMs === undefined ? undefined : positive(`${name}Ms`, writtenMs);
  const ms = typeof written === 'string' ? parseDuration(written) : undefined;
  if (ms !== undefined) return positive(`${name}Ms`, ms);
  const advice = `For milliseconds, use ${name}Ms`;
  throw new Misuse(`${mustBe(name, "a duration such as '30s', '5m' or '1m30s'", written)}. ${advice}`);
}

function positive(name: string, ms: number): number {
  if (Number.isFinite(ms) && ms > 0) return ms;
  throw new Misuse(mustBe(name, 'a number of milliseconds above 0', ms));
}
