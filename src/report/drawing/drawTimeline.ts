import { isReady } from '../../timeline/condition';
import { historyOf } from '../../timeline/history/podHistory';
import type { Timeline } from '../../timeline/timeline';
import { CONTAINER_SIGNS, containerLanes } from './containerLanes';
import { fillLane, type Mark, placeMarks, type TextLane } from './textLane';
import { TimeScale } from './timeScale';

const WIDTH = 80;
const GAP = 2;
const READY = '═';
const TERMINATING = '─';
const ACTION = '!';
const SIGNS = [...CONTAINER_SIGNS, [/!/, '! test action'], [/═/, '═ Ready'], [/─/, '─ Ready, terminating']] as const;

export interface DrawOptions {
  /** Containers to draw, in this order. Default: all containers of the timeline. */
  readonly containers?: readonly string[];
  /** True if probes that never failed are omitted. Default: false. */
  readonly isOnlyFailing?: boolean;
}

/**
 * Returns a timeline as lanes below a time axis, at most 80 columns wide: the states and probes of each container, the
 * actions of the test, and when the pod was Ready. The axis cuts long stretches without events (`//`).
 */
export function drawTimeline(timeline: Timeline, options: DrawOptions = {}): string {
  const { containers = historyOf(timeline).containers, isOnlyFailing = false } = options;
  const lanes = [
    ...containers.flatMap((container) => containerLanes(timeline, container, isOnlyFailing)),
    ...createTestLane(timeline),
    createReadyLane(timeline),
  ];
  const margin = Math.max(...lanes.map(({ title }) => title.length)) + GAP;
  const scale = new TimeScale(timeline, WIDTH - margin);
  const drawn = lanes.map(({ title, draw }) => ({ title, line: draw(scale) }));
  const signs = drawn.map(({ line }) => line).join('');
  const lines = [
    ' '.repeat(margin) + scale.axis(),
    ...drawn.map(({ title, line }) => title.padEnd(margin) + line),
    ...formatLegend(signs),
  ];
  return lines.map((line) => line.trimEnd()).join('\n');
}

function createTestLane(timeline: Timeline): readonly TextLane[] {
  const actions = historyOf(timeline).acts.filter(({ action }) => action !== 'run');
  if (actions.length === 0) return [];
  const marks = actions.map(({ at }) => ({ at, sign: ACTION }));
  return [{ title: 'test', draw: (scale) => placeMarks(marks, scale) }];
}

function createReadyLane(timeline: Timeline): TextLane {
  return { title: 'Ready', draw: (scale) => fillLane(listReadiness(timeline), timeline.now, scale) };
}

/** Returns when the pod is Ready. A pod that is terminating receives no new requests, so it has another sign. */
function listReadiness(timeline: Timeline): readonly Mark[] {
  let isPodReady = false;
  let sign = READY;
  const history = historyOf(timeline);
  const { published, deletions, removed } = history;
  return history.inOrder([...published, ...deletions, ...(removed ? [removed] : [])]).map((event) => {
    if (event.kind === 'StatusPublished') isPodReady = isReady(event.status);
    else if (event.kind === 'DeletionMarked') sign = TERMINATING;
    else isPodReady = false;
    return { at: event.at, sign: isPodReady ? sign : ' ' };
  });
}

/** Returns the meanings of the signs in use, in lines of at most 80 columns. */
function formatLegend(signs: string): readonly string[] {
  const lines: string[] = [];
  for (const [, meaning] of SIGNS.filter(([sign]) => sign.test(signs))) {
    const longer = [lines.at(-1), meaning].filter(Boolean).join('  ');
    if (lines.length > 0 && longer.length <= WIDTH) lines.pop();
    lines.push(longer.length <= WIDTH ? longer : meaning);
  }
  return lines;
}
