import { isA } from '../../timeline/event';
import type { Timeline } from '../../timeline/timeline';
import type { Line } from './line';
import { summarize } from './summary';

/** What differs from run to run though nothing is different, and what stands for it. */
const FLEETING: readonly (readonly [what: RegExp, placeholder: string])[] = [
  [/\b(?:sha256:)?[0-9a-f]{12,64}\b/g, '<id>'],
  [/\b[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\b/g, '<id>'],
  // A port that was dialled belongs to the manifest; the one it was dialled from does not.
  [/\b\d{1,3}(?:\.\d{1,3}){3}(?::\d+(?=->))?/g, '<ip>'],
  [/\[?\b(?:[0-9a-f]{0,4}:){2,7}[0-9a-f]{1,4}\b\]?(?::\d+(?=->))?/gi, '<ip>'],
  [/ in \S+ \(\S+ including waiting\)/g, ' in <time>'],
  [/\b\d+\.\d+ ?(?:s|ms|µs)\b|\b\d+(?:ms|µs|ns)\b/g, '<time>'],
  [/\bprobe failed \(\d+\/\d+\)/g, 'probe failed'],
];
/** One more failure, or one less, before something else happens is a matter of milliseconds. */
const REPEATED = ['Unhealthy', 'ProbeWarning', 'BackOff'];

/**
 * A pod's life as a text that is the same whenever the same happens: for each container, for each of its probes, and for
 * the pod itself, what happened in order, without times, IDs, addresses and repetitions. Nothing is said of the order
 * between two of them, which some milliseconds decide.
 */
export function timelineSnapshot(timeline: Timeline): string {
  const lives = new Map<string, Line[]>();
  for (const line of summarize(timeline)) {
    const probe = line.events.find((event) => isA('ProbeFinished', event))?.probe;
    const who = [line.who, probe].filter(Boolean).join(' ');
    const life = lives.get(who) ?? [];
    lives.set(who, life);
    life.push(line);
  }
  return [...lives]
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([who, lines]) => [who, ...told(lines).map((text) => `  ${text}`)].join('\n'))
    .join('\n');
}

function told(lines: readonly Line[]): readonly string[] {
  const texts = lines.map(({ what, text }) => ({ what, text: [what, lasting(text)].filter(Boolean).join('  ') }));
  return texts
    .filter(({ what, text }, index) => !REPEATED.includes(what) || texts[index - 1]?.text !== text)
    .map(({ text }) => text);
}

function lasting(text: string): string {
  return FLEETING.reduce((shown, [what, placeholder]) => shown.replaceAll(what, placeholder), text);
}

/**
 * Serializer for `expect.addSnapshotSerializer`. Then `expect(pod.timeline).toMatchSnapshot()` stores the events of the
 * pod, without values that change in each run.
 */
export const timelineSerializer = {
  // Not by class: the pod may come from another copy of this package's code.
  test(value: unknown): value is Timeline {
    return typeof value === 'object' && value !== null && 'upTo' in value && 'output' in value && 'events' in value;
  },
  serialize(timeline: Timeline): string {
    return timelineSnapshot(timeline);
  },
};
