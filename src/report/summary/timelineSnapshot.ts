import { isA } from '../../timeline/event';
import type { Timeline } from '../../timeline/timeline';
import type { Line } from './line';
import { summarize } from './summary';

/** Values that change from run to run, with their placeholders. */
const CHANGING: readonly (readonly [value: RegExp, placeholder: string])[] = [
  [/\b(?:sha256:)?[0-9a-f]{12,64}\b/g, '<id>'],
  [/\b[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\b/g, '<id>'],
  // The port of a destination is in the manifest. The port of a source changes.
  [/\b\d{1,3}(?:\.\d{1,3}){3}(?::\d+(?=->))?/g, '<ip>'],
  [/\[?\b(?:[0-9a-f]{0,4}:){2,7}[0-9a-f]{1,4}\b\]?(?::\d+(?=->))?/gi, '<ip>'],
  [/ in \S+ \(\S+ including waiting\)/g, ' in <time>'],
  [/\b\d+\.\d+ ?(?:s|ms|µs)\b|\b\d+(?:ms|µs|ns)\b/g, '<time>'],
  [/\bprobe failed \(\d+\/\d+\)/g, 'probe failed'],
];
/** Events whose number depends on milliseconds. */
const REPEATED = ['Unhealthy', 'ProbeWarning', 'BackOff'];

/**
 * Returns a timeline as a text that is equal for equal runs: the events of the pod, of each container and of each probe,
 * without times, IDs, addresses and repetitions. Milliseconds decide the order between these groups, so it is not kept.
 */
export function timelineSnapshot(timeline: Timeline): string {
  const groups = new Map<string, Line[]>();
  for (const line of summarize(timeline)) {
    const probe = line.events.find((event) => isA('ProbeFinished', event))?.probe;
    const who = [line.who, probe].filter(Boolean).join(' ');
    const group = groups.get(who) ?? [];
    groups.set(who, group);
    group.push(line);
  }
  return [...groups]
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([who, lines]) => [who, ...formatLines(lines).map((text) => `  ${text}`)].join('\n'))
    .join('\n');
}

function formatLines(lines: readonly Line[]): readonly string[] {
  const texts = lines.map(({ what, text }) => ({ what, text: [what, maskChanging(text)].filter(Boolean).join('  ') }));
  return texts
    .filter(({ what, text }, index) => !REPEATED.includes(what) || texts[index - 1]?.text !== text)
    .map(({ text }) => text);
}

function maskChanging(text: string): string {
  return CHANGING.reduce((shown, [value, placeholder]) => shown.replaceAll(value, placeholder), text);
}

/**
 * Serializer for `expect.addSnapshotSerializer`. `expect(pod.timeline).toMatchSnapshot()` stores the events of the pod,
 * without the values that change from run to run.
 */
export const timelineSerializer = {
  // The class may come from another copy of the package, so `instanceof` does not work.
  test(value: unknown): value is Timeline {
    return typeof value === 'object' && value !== null && 'upTo' in value && 'output' in value && 'events' in value;
  },
  serialize(timeline: Timeline): string {
    return timelineSnapshot(timeline);
  },
};
