import { CREATED } from '../../clock/instant';
import { type Event, type EventOf, isA, type ProbeResult, type ProbeType } from '../../timeline/event';
import { historyOf } from '../../timeline/history/podHistory';
import type { Timeline } from '../../timeline/timeline';
import { filled, type Mark, marked, markedOn, type TextLane } from './textLane';

const NAME_MAX = 14;
const PROBES: readonly ProbeType[] = ['startup', 'liveness', 'readiness'];
const WAITS = '░';
const RUNS = '█';
const BACKS_OFF = '▒';
const GONE = ' ';
const RESULTS: Readonly<Record<ProbeResult, string>> = { Success: '·', Warning: '·', Failure: '×', Errored: '?' };
/** Of several answers in one column the worst is shown. */
const BADNESS = ['·', '?', '×'];

/** What the signs of these lanes mean, in the order of a legend. */
export const CONTAINER_SIGNS: readonly (readonly [sign: RegExp, meaning: string])[] = [
  [/░/, '░ waits'],
  [/█/, '█ runs'],
  [/▒/, '▒ backs off'],
  [/·/, '· passed'],
  [/×/, '× failed'],
  [/\?/, '? errored'],
  [/x/, 'x exit'],
  [/\d/, '1 restart'],
  [/[A-Z]/, 'T K signals'],
  [/[sp]/, 's p hooks'],
];

/** A container's state with what befell it, and a lane for each of its probes: those alone that ever failed, or all. */
export function containerLanes(timeline: Timeline, container: string, onlyFailing: boolean): readonly TextLane[] {
  const own = historyOf(timeline).about(container);
  const answers = own.filter((event) => isA('ProbeFinished', event));
  const probes = PROBES.map((probe) => answers.filter((answer) => answer.probe === probe));
  const shown = probes.filter((runs) => runs.some(({ result }) => !onlyFailing || RESULTS[result] !== '·'));
  return [
    {
      title: container.length > NAME_MAX ? `${container.slice(0, NAME_MAX - 1)}…` : container,
      draw: (scale) => markedOn(filled(statesOf(own), timeline.now, scale), marksOf(own, timeline), scale),
    },
    ...shown.map(probeLane),
  ];
}

function statesOf(own: readonly Event[]): readonly Mark[] {
  const changes = own.flatMap((event): readonly Mark[] => {
    if (isA('Started', event)) return [{ at: event.at, sign: RUNS }];
    if (event.kind === 'ContainerExited') return [{ at: event.at, sign: GONE }];
    return event.kind === 'BackOff' ? [{ at: event.at, sign: BACKS_OFF }] : [];
  });
  return [{ at: CREATED, sign: WAITS }, ...changes];
}

function marksOf(own: readonly Event[], timeline: Timeline): readonly Mark[] {
  const restarts = new Map(historyOf(timeline).restarts.map(({ started, attempt }) => [started as Event, attempt]));
  return own.flatMap((event): readonly Mark[] => {
    const sign = signOf(event, restarts.get(event));
    return sign === undefined ? [] : [{ at: event.at, sign }];
  });
}

function signOf(event: Event, restart: number | undefined): string | undefined {
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

function probeLane(answers: readonly EventOf<'ProbeFinished'>[]): TextLane {
  const marks = answers.map(({ at, result }) => ({ at, sign: RESULTS[result] }));
  const worstLast = marks.toSorted((a, b) => BADNESS.indexOf(a.sign) - BADNESS.indexOf(b.sign));
  return { title: `  ${answers[0]?.probe}`, draw: (scale) => marked(worstLast, scale) };
}
