import type { CheckId } from '../../gate/model/checks';
import { TEST_TIMEOUT_MS } from '../../timing/testTimeout';
import { CHECK_TITLES } from '../../wording/gate/checks';
import { quoted } from './specText';

export type Lines = readonly string[];

/** What a test needs beside its waits. */
const BESIDE_MS = 30_000;

/** A call with a function. One that may wait for longer than jest-kubelet gives every test and hook gets the time for it. */
export function block(opening: string, lines: Lines, waitsMs = 0): Lines {
  const neededMs = Math.ceil((waitsMs + BESIDE_MS) / 10_000) * 10_000;
  return [opening, ...lines.map(indented), neededMs > TEST_TIMEOUT_MS ? `}, ${numeral(neededMs)});` : '});'];
}

/** The test of a check, about one container or all of it. */
export function checkTest(check: CheckId, about: string | undefined, lines: Lines, waitsMs: number): Lines {
  const title = `${check}: ${CHECK_TITLES[check]}${about === undefined ? '' : ` (${about})`}`;
  return block(`test(${quoted(title)}, async () => {`, lines, waitsMs);
}

/** So long, as a test writes it: `'33s'`. */
export function during(ms: number): string {
  return quoted(`${Math.ceil(ms / 1_000)}s`);
}

function indented(line: string): string {
  return line === '' ? '' : `  ${line}`;
}

/** `300_000` */
function numeral(ms: number): string {
  return String(ms).replace(/\B(?=(\d{3})+$)/g, '_');
}
