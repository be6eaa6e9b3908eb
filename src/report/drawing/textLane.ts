import type { Instant } from '../../clock/instant';
import type { TimeScale } from './timeScale';

/** One line of a picture of time. */
export interface TextLane {
  readonly title: string;
  readonly draw: (scale: TimeScale) => string;
}

/** A sign at an instant: something that happened, or a state that begins. */
export interface Mark {
  readonly at: Instant;
  readonly sign: string;
}

/** How far from where it belongs a mark may stand. */
const DRIFT_MAX = 3;

/** States fill a lane, each until the next one begins. */
export function filled(states: readonly Mark[], end: Instant, scale: TimeScale): string {
  const signs = new Array<string>(scale.columns).fill(' ');
  for (const [index, { at, sign }] of states.entries()) {
    signs.fill(sign, scale.columnOf(at), scale.columnOf(states[index + 1]?.at ?? end) + 1);
  }
  return signs.join('');
}

/** Marks where they belong; of several in one column the last is seen. */
export function marked(marks: readonly Mark[], scale: TimeScale): string {
  const signs = new Array<string>(scale.columns).fill(' ');
  for (const { at, sign } of marks) signs[scale.columnOf(at)] = sign;
  return signs.join('');
}

/** Marks on a lane, side by side where they fall into one column; those that would come to stand too far off are left out. */
export function markedOn(lane: string, marks: readonly Mark[], scale: TimeScale): string {
  const signs = [...lane];
  let free = 0;
  for (const { at, sign } of marks) {
    const column = Math.max(free, scale.columnOf(at));
    if (column - scale.columnOf(at) > DRIFT_MAX || column >= scale.columns) continue;
    signs[column] = sign;
    free = column + 1;
  }
  return signs.join('');
}
