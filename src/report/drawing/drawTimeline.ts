import { isReady } from '../../timeline/condition';
import { historyOf } from '../../timeline/history/podHistory';
import type { Timeline } from '../../timeline/timeline';
import { CONTAINER_SIGNS, containerLanes } from './containerLanes';
import { filled, type Mark, marked, type TextLane } from './textLane';
import { TimeScale } from './timeScale';

const WIDTH = 80;
const GAP = 2;
const READY = '═';
const LEAVING = '─';
const ACT = '!';
const SIGNS = [...CONTAINER_SIGNS, [/!/, '! test'], [/═/, '═ Ready'], [/─/, '─ Ready, being deleted']] as const;

export interface DrawOptions {
  /** The containers to draw, in that order; those of the record unless told otherwise. */
  readonly containers?: readonly string[];
  /** Whether only the probes are drawn that ever failed; all are unless told otherwise. */
  readonly onlyFailing?: boolean;
}

/**
 * A pod's life as lanes under a time axis, at most 80 columns wide: of each container its state, with its restarts, exits,
 * signals and hooks, and its probes; what the test did; and when the pod was Ready, and so in the endpoints of its
 * Services. Where long nothing happened the axis is cut (`//`). The last line says what the signs mean.
 */
export function drawTimeline(timeline: Timeline, options: DrawOptions = {}): string {
  const { containers = historyOf(timeline).containers, onlyFailing = false } = options;
  const lanes = [
    ...containers.flatMap((container) => containerLanes(timeline, container, onlyFailing)),
    ...testLane(timeline),
    readyLane(timeline),
  ];
  const margin = Math.max(...lanes.map(({ title }) => title.length)) + GAP;
  const scale = new TimeScale(timeline, WIDTH - margin);
  const drawn = lanes.map(({ title, draw }) => ({ title, line: draw(scale) }));
  const signs = drawn.map(({ line }) => line).join('');
  const lines = [
    ' '.repeat(margin) + scale.axis(),
    ...drawn.map(({ title, line }) => title.padEnd(margin) + line),
    ...legend(signs),
  ];
  return lines.map((line) => line.trimEnd()).join('\n');
}

function testLane(timeline: Timeline): readonly TextLane[] {
  const acts = historyOf(timeline).acts.filter(({ action }) => action !== 'run');
  if (acts.length === 0) return [];
  const marks = acts.map(({ at }) => ({ at, sign: ACT }));
  return [{ title: 'test', draw: (scale) => marked(marks, scale) }];
}

function readyLane(timeline: Timeline): TextLane {
  return { title: 'Ready', draw: (scale) => filled(readiness(timeline), timeline.now, scale) };
}

/** From when on the pod takes new requests, or only serves on because it is being deleted. */
function readiness(timeline: Timeline): readonly Mark[] {
  let ready = false;
  let sign = READY;
  const history = historyOf(timeline);
  const { published, deletions, removed } = history;
  return history.inOrder([...published, ...deletions, ...(removed ? [removed] : [])]).map((event) => {
    if (event.kind === 'StatusPublished') ready = isReady(event.status);
    else if (event.kind === 'DeletionMarked') sign = LEAVING;
    else ready = false;
    return { at: event.at, sign: ready ? sign : ' ' };
  });
}

/** One line; what everybody sees goes first where there is no room for all. */
function legend(signs: string): readonly string[] {
  const meanings = SIGNS.filter(([sign]) => sign.test(signs)).map(([, meaning]) => meaning);
  while (meanings.join('  ').length > WIDTH) meanings.shift();
  return meanings.length > 0 ? [meanings.join('  ')] : [];
}
