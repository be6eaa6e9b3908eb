import type { Instant } from '../../clock/instant';
import type { TimeScale } from './timeScale';

/** Line of a text chart. */
export interface TextLane {
  readonly title: string;
  readonly draw: (scale: TimeScale) => string;
}

/** A sign at an instant: an event, or the start of a state. */
export interface Mark {
  readonly at: Instant;
  readonly sign: string;
}

/** Maximum distance of a mark from its column. */
const DISTANCE_MAX = 3;

/** Returns a lane filled with states, each until the next one starts. */
export function fillLane(states: readonly Mark[], end: Instant, scale: TimeScale): string {
  const signs = new Array<string>(scale.columns).fill(' ');
  for (const [index, { at, sign }] of states.entries()) {
    signs.fill(sign, scale.columnAt(at), scale.columnAt(states[index + 1]?.at ?? end) + 1);
  }
  return signs.join('');
}

/** Returns a lane with marks. If several share a column, the last one is visible. */
export function placeMarks(marks: readonly Mark[], scale: TimeScale): string {
  const signs = new Array<string>(scale.columns).fill(' ');
  for (const { at, sign } of marks) signs[scale.columnAt(at)] = sign;
  return signs.join('');
}

/** Puts marks on a lane, side by side if they share a column. Marks that would be too far from their instant are omitted. */
export function overlayMarks(lane: string, marks: readonly Mark[], scale: TimeScale): string {
  const signs = [...lane];
  let free = 0;
  for (const { at, sign } of marks) {
    const column = Math.max(free, scale.columnAt(at));
    if (column - scale.columnAt(at) > DISTANCE_MAX || column >= scale.columns) continue;
    signs[column] = sign;
    free = column + 1;
  }
  return signs.join('');
}
