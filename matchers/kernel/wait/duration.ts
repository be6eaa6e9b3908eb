import { inspect } from 'node:util';
import { type Duration, parseDuration } from '../../../src/clock/duration';
import { Misuse } from '../call/misuse';

/**
 * Milliseconds of a duration that a test writes, with its unit or as a number of milliseconds; undefined when it writes
 * neither. `name` is the option with a unit; the other is called the same with `Ms`.
 *
 * @throws Misuse when both are given, or what is given is no duration.
 */
export function askedMs(
  name: string,
  written: Duration | undefined,
  writtenMs: number | undefined,
): number | undefined {
  if (written !== undefined && writtenMs !== undefined) throw new Misuse(`give ${name} or ${name}Ms, not both`);
  if (written === undefined) return writtenMs === undefined ? undefined : positive(`${name}Ms`, writtenMs);
  const ms = typeof written === 'string' ? parseDuration(written) : undefined;
  if (ms !== undefined) return positive(`${name}Ms`, ms);
  const right = `write a number with its unit, like '30s', '5m' or '1m30s', or milliseconds as ${name}Ms`;
  throw new Misuse(`${name}: ${JSON.stringify(written)} is no duration; ${right}`);
}

function positive(name: string, ms: number): number {
  if (Number.isFinite(ms) && ms > 0) return ms;
  throw new Misuse(`${name}: ${inspect(ms)} is no time to wait; write a number of milliseconds above 0`);
}
