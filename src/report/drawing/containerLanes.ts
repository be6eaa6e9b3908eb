import { CREATED } from '../../clock/instant';
import { type Event, type EventOf, isA, type ProbeResult, type ProbeType } from '../../timeline/event';
import { historyOf } from '../../timeline/history/podHistory';
import type { Timeline } from '../../timeline/timeline';
import { fillLane, type Mark, overlayMarks, placeMarks, type TextLane } from './textLane';

const NAME_MAX = 14;
const PROBES: readonly ProbeType[] = ['startup', 'liveness', 'readiness'];
const WAITING = '░';
const RUNNING = '█';
const BACK_OFF = '▒';
const TERMINATED = ' ';
const RESULTS: Readonly<Record<ProbeResult, string>> = { Success: '·', Warning: '·', Failure: '×', Errored: '?' };
/** Results from best to worst. If several share a column, the worst one is visible. */
const WORST_LAST = ['·', '?', '×'];

/** Meanings of the signs of these lanes, in the order of the legend. */
export const CONTAINER_SIGNS: readonly (readonly [sign: RegExp, meaning: string])[] = [
  [/░/, '░ Waiting'],
  [/█/, '█ Running'],
  [/▒/, '▒ back-off'],
  [/·/, '· success'],
  [/×/, '× failure'],
  [/\?/, '? unknown'],
  [/x/, 'x exit'],
  [/\d/, '1 restart'],
  [/[A-Z]/, 'T K signals'],
  [/[sp]/, 's p hooks'],
];

/** Returns the lane of a container's state and events, and a lane for each probe, or for each probe that failed. */
export function containerLanes(timeline: Timeline, container: string, isOnlyFailing: boolean): readonly TextLane[] {
  const own = historyOf(timeline).about(container);
  const attempts = own.filter((event) => isA('ProbeFinished', event));
  const probes = PROBES.map((probe) => attempts.filter((attempt) => attempt.probe === probe));
  const shown = probes.filter((runs) => runs.some(({ result }) => !isOnlyFailing || RESULTS[result] !== '·'));
  return [
    {
      title: container.length > NAME_MAX ? `${container.slice(0, NAME_MAX - 1)}…` : container,
      draw: (scale) => overlayMarks(fillLane(listStates(own), timeline.now, scale), listMarks(own, timeline), scale),
    },
    ...shown.map(createProbeLane),
  ];
}

function listStates(own: readonly Event[]): readonly Mark[] {
  const changes = own.flatMap((event): readonly Mark[] => {
    if (isA('Started', event)) return [{ at: event.at, sign: RUNNING }];
    if (event.kind === 'ContainerExited') return [{ at: event.at, sign: TERMINATED }];
    return event.kind === 'BackOff' ? [{ at: event.at, sign: BACK_OFF }] : [];
  });
  return [{ at: CREATED, sign: WAITING }, ...changes];
}

function listMarks(own: readonly Event[], timeline: Timeline): readonly Mark[] {
  const restarts = new Map(historyOf(timeline).restarts.map(({ started, attempt }) => [started as Event, attempt]));
  return own.flatMap((event): readonly Mark[] => {
    const sign = getSign(event, restarts.get(event));
    return sign === undefined ? [] : [{ at: event.at, sign }];
  });
}

function getSign(event: Event, restart: number | undefined): string | undefined {
  if (restart !== undefined) return String(restart % 10);
  switch (event.kind) {
    case 'ContainerExited':
      return 'x';
    case 'SignalSent':
      return event.signal.replace(/^SIG/, '').slice(0, 1);
    case 'HookStarted':
      return event.hook === 'postStart' ? 's' : 'p';
    default:
      return undefined;
  }
}

function createProbeLane(attempts: readonly EventOf<'ProbeFinished'>[]): TextLane {
  const marks = attempts.map(({ at, result }) => ({ at, sign: RESULTS[result] }));
  const inOrder = marks.toSorted((a, b) => WORST_LAST.indexOf(a.sign) - WORST_LAST.indexOf(b.sign));
  return { title: `  ${attempts[0]?.probe}`, draw: (scale) => placeMarks(inOrder, scale) };
}
