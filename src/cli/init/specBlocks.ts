import type { CheckId } from '../../gate/model/checks';
import { TEST_TIMEOUT_MS } from '../../timing/testTimeout';
import { CHECK_TITLES } from '../../wording/gate/checks';
import { quote } from './specText';

export type Lines = readonly string[];

/** Time that a test needs besides its waits. */
const OVERHEAD_MS = 30_000;

/** Returns a call with a function. If it can wait longer than the default timeout, it gets its own timeout. */
export function formatBlock(opening: string, lines: Lines, waitsMs = 0): Lines {
  const neededMs = Math.ceil((waitsMs + OVERHEAD_MS) / 10_000) * 10_000;
  return [opening, ...lines.map(indent), neededMs > TEST_TIMEOUT_MS ? `}, ${formatNumeral(neededMs)});` : '});'];
}

/** Returns the test of a check for the pod or for `about`. */
export function formatCheckTest(check: CheckId, about: string | undefined, lines: Lines, waitsMs: number): Lines {
  const title = `${check}: ${CHECK_TITLES[check]}${about === undefined ? '' : ` (${about})`}`;
  return formatBlock(`test(${quote(title)}, async () => {`, lines, waitsMs);
}

/** Returns a duration in whole seconds, quoted: `'33s'`. */
export function formatWholeSeconds(ms: number): string {
  return quote(`${Math.ceil(ms / 1_000)}s`);
}

function indent(line: string): string {
  return line === '' ? '' : `  ${line}`;
}

/** Returns a number with separators: `300_000`. */
function formatNumeral(ms: number): string {
  return String(ms).replace(/\B(?=(\d{3})+$)/g, '_');
}
