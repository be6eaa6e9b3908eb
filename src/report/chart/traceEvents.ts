import { jsonText } from '../../escaping/json';
import type { PodRecord, RunReport } from '../record/podRecord';
import { restoreTimeline } from '../record/restoreTimeline';
import { buildChart } from './buildChart';
import type { Chart, DotLook, Lane } from './chart';

/** An event of the Trace Event Format. Times are in microseconds. */
interface TraceEvent {
  readonly name: string;
  /** `X` is a slice, `i` an instant, `b` and `e` the ends of a slice that may overlap, `M` a name. */
  readonly ph: 'X' | 'i' | 'b' | 'e' | 'M';
  readonly pid: number;
  readonly tid: number;
  readonly ts?: number;
  readonly dur?: number;
  readonly cat?: string;
  readonly id?: number;
  readonly s?: 't';
  readonly args?: Readonly<Record<string, string | number>>;
}

type Track = Pick<TraceEvent, 'pid' | 'tid'>;

const LOOKS: Readonly<Record<DotLook, string>> = {
  ok: 'success',
  wait: 'not started yet',
  odd: 'could not run',
  bad: 'failure',
};

/**
 * Returns the timelines of pods for Perfetto and `chrome://tracing`. Each pod is a process, and each lane a thread.
 *
 * Source: the Trace Event Format, https://docs.google.com/document/d/1CvAClvFfyA5R-PhYUmn5OOQtYMH4h6I0nSsKchNAySU.
 */
export function traceEvents({ pods }: RunReport): string {
  const events = pods.flatMap((pod, index) => buildEvents(pod, index + 1));
  return `{"displayTimeUnit":"ms","traceEvents":[\n${events.map((event) => jsonText(event)).join(',\n')}\n]}\n`;
}

function buildEvents(pod: PodRecord, pid: number): readonly TraceEvent[] {
  const picture = buildChart(pod, restoreTimeline(pod), pod.name);
  const name = [`pod ${pod.name}`, pod.test && `(${pod.test})`].filter(Boolean).join(' ');
  return [
    nameTrack('process_name', name, { pid, tid: 0 }),
    ...picture.lanes.flatMap((lane, index) => laneEvents(lane, picture, { pid, tid: index + 1 })),
  ];
}

function laneEvents(lane: Lane, picture: Chart, track: Track): readonly TraceEvent[] {
  const { kind, title, container } = lane;
  const name = kind === 'state' || container === undefined ? title : `${container} ${title}`;
  return [
    nameTrack('thread_name', name, track),
    { name: 'thread_sort_index', ph: 'M', ...track, args: { sort_index: track.tid } },
    ...lane.bars.map(
      ({ from, to, label, tip }): TraceEvent => ({
        ...{ name: label, ph: 'X', ...track, cat: kind },
        ...{ ts: micros(from), dur: micros(to) - micros(from), args: { tip } },
      }),
    ),
    ...lane.dots.flatMap((dot, index) => dotEvents(dot, index, { lane, picture, track })),
    ...lane.flags.map(
      ({ at, label, tip }): TraceEvent => ({
        ...{ name: label, ph: 'i', ...track, cat: kind, ts: micros(at), s: 't', args: { tip } },
      }),
    ),
  ];
}

interface Where {
  readonly lane: Lane;
  readonly picture: Chart;
  readonly track: Track;
}

/** Returns the events of a dot. Requests may overlap, which slices of a thread must not, so they get `b` and `e`. */
function dotEvents(
  [at, look, tip, tookMs]: Lane['dots'][number],
  index: number,
  { lane: { kind, title }, picture, track }: Where,
): readonly TraceEvent[] {
  const of = { name: `${title} ${LOOKS[look]}`, ...track, cat: kind };
  const [ts, end] = [micros(at - tookMs), micros(at)];
  const args = { tip: picture.tips[tip] ?? '' };
  if (kind !== 'requests') return [{ ...of, ph: 'X', ts, dur: end - ts, args }];
  const id = track.pid * 1_000_000 + index;
  return [
    { ...of, ph: 'b', id, ts, args },
    { ...of, ph: 'e', id, ts: end },
  ];
}

function nameTrack(kind: 'process_name' | 'thread_name', name: string, track: Track): TraceEvent {
  return { name: kind, ph: 'M', ...track, args: { name } };
}

function micros(ms: number): number {
  return Math.round(ms * 1000);
}
