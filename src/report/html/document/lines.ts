import { printable } from '../../../escaping/terminal';
import type { OutputLine } from '../../../timeline/output';
import type { Timeline } from '../../../timeline/timeline';
import { formatInstant } from '../../chart/axis';
import { isStoppedBySignal } from '../../chart/isStoppedBySignal';
import type { Line } from '../../summary/line';
import { summarize } from '../../summary/summary';
import { type Element, h } from '../draw/node';

/** Limits of the output in a page: the newest lines of each container, and the start of long lines. */
const LOG_CHARACTERS = 150_000;
const LINE_CHARACTERS = 2_000;

const GOOD = ['Ready', 'Succeeded'];
const BAD = ['dropped', 'unready', 'Failed', 'SIGKILL'];

/** Returns the events of a timeline as items of a list. */
export function listEvents(timeline: Timeline): readonly Element[] {
  return summarize(timeline).map((line) =>
    h(
      'li',
      { 'data-at': Math.ceil(line.at), 'data-who': line.who, class: getTone(line) },
      h('span', { class: 'at' }, formatInstant(line.at)),
      h('span', { class: 'who' }, line.who),
      h('span', { class: 'what' }, line.what),
      h('span', { class: 'text' }, line.text),
    ),
  );
}

function getTone({ who, what, events, isRoutine }: Line): string {
  const isBad = events.some(
    (event) =>
      (event.source === 'kubelet' && event.type === 'Warning') ||
      (event.kind === 'ContainerExited' && event.exitCode !== 0 && !isStoppedBySignal(event)),
  );
  if (isBad || BAD.includes(what)) return 'bad';
  if (GOOD.includes(what)) return 'good';
  if (who === 'test') return 'action';
  return isRoutine ? 'routine' : 'plain';
}

/** Returns the output of the containers as items of a list, and the number of omitted lines. */
export function listLog(output: readonly Omit<OutputLine, 'written'>[]): {
  readonly items: readonly Element[];
  readonly leftOut: number;
} {
  const room = new Map<string, number>();
  const kept = output.toReversed().filter(({ container, text }) => {
    const left = (room.get(container) ?? LOG_CHARACTERS) - Math.min(text.length, LINE_CHARACTERS) - 40;
    room.set(container, left);
    return left >= 0;
  });
  return { items: kept.reverse().map(createLogItem), leftOut: output.length - kept.length };
}

function createLogItem({ at, container, attempt, stream, text }: Omit<OutputLine, 'written'>): Element {
  const shown = printable(text.slice(0, LINE_CHARACTERS));
  const more = text.length - LINE_CHARACTERS;
  return h(
    'li',
    { 'data-at': Math.ceil(at), 'data-who': container, class: stream },
    h('span', { class: 'at' }, formatInstant(at)),
    h('span', { class: 'who' }, attempt === 0 ? container : `${container} (${attempt})`),
    h('span', { class: 'text' }, more > 0 ? `${shown}… (${more} more characters)` : shown),
  );
}
