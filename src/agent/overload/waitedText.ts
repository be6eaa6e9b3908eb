import { formatSeconds } from '../../wording/durations';
import type { Starved } from './starvation';

/** Returns text such as `web had waited 2.3s of 4.0s for a CPU`. */
export function waitedText({ who, waitedMs, ofMs }: Starved): string {
  return `${who} had waited ${formatSeconds(waitedMs)} of ${formatSeconds(ofMs)} for a CPU`;
}
