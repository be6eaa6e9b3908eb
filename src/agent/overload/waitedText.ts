import type { Starved } from './starvation';

const seconds = (ms: number): string => (ms / 1_000).toFixed(1);

/** `web had waited 2.3 s of 4.0 s for a CPU` */
export function waitedText({ who, waitedMs, ofMs }: Starved): string {
  return `${who} had waited ${seconds(waitedMs)} s of ${seconds(ofMs)} s for a CPU`;
}
