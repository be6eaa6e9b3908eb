import type { Judgement } from '../../src/judgements/judgement';
import { containersOf, type Pod } from '../../src/manifest/model';
import { drawTimeline } from '../../src/report/drawTimeline';
import { explain } from '../../src/report/explain';
import { Incident } from '../../src/report/incident';
import { inNumbers } from '../../src/report/inNumbers';
import { lastLines } from '../../src/report/lastLines';
import { printable } from '../../src/report/printable';
import { seconds } from '../../src/report/seconds';
import type { Event } from '../../src/timeline/event';
import { restartsOf } from '../../src/timeline/restart';
import type { Timeline } from '../../src/timeline/timeline';
import type { Context } from './context';
import { evidence } from './evidence';

/** So much of a life is seen in lines alone. */
const CONTAINERS_IN_LINES = 2;
const RESTARTS_IN_LINES = 1;
/** A message is to fit a screen. */
const CONTAINERS_DRAWN = 5;

export interface Failure {
  /** The call as it stands in the test. */
  readonly call: string;
  readonly expected: string;
  readonly judgement: Judgement;
  /** What was judged. */
  readonly timeline: Timeline;
  /** The pod as it ran: its manifest's numbers are told, and what they came to. */
  readonly pod: Pod;
  /** What else a reader should know, a sentence each. */
  readonly notes?: readonly string[];
}

/**
 * A failure as an incident note: the call, what was expected, what there was instead and when, how it came to that, what
 * the container wrote last, what the manifest's numbers have to do with it, why, and what to do.
 */
export function failureMessage(
  { utils }: Context,
  { call, expected, judgement, timeline, pod, notes = [] }: Failure,
): string {
  const { received, why, advice, event, container, at = event?.at ?? timeline.now, details = [] } = judgement;
  const when = `after ${seconds(at)}`;
  const what = printable([`${received} ${when}`, why].filter(Boolean).join(': '));
  const head = [`Expected: ${utils.EXPECTED_COLOR(expected)}`, `Received: ${utils.RECEIVED_COLOR(what)}`];
  const incident = new Incident(pod, timeline, event, container);
  const drawn = picture(incident);
  const shown = evidence(timeline, event, { isPictured: drawn.length > 0 });
  const lines = shown.map((line) => (line.startsWith('>') ? utils.RECEIVED_COLOR(line) : line));
  const remarks = [...inNumbers(incident), explain(incident), advice, ...notes]
    .filter((remark) => remark !== undefined)
    .map(printable);
  return paragraphs([call], head, details.map(printable), drawn, lines, lastLines(incident), remarks);
}

/**
 * A picture of the pod's life, where its order is hard to see in lines: many restarts, or many containers. Drawn are those
 * that had trouble, and whom it is about.
 */
function picture({ pod, timeline, container }: Incident): readonly string[] {
  const names = containersOf(pod.spec).map(({ name }) => name);
  if (names.length <= CONTAINERS_IN_LINES && restartsOf(timeline).length <= RESTARTS_IN_LINES) return [];
  const troubled = names.filter(
    (name) => name === container?.name || timeline.events.some((event) => troubles(name, event)),
  );
  return drawTimeline(timeline, { containers: troubled.slice(0, CONTAINERS_DRAWN), onlyFailing: true }).split('\n');
}

function troubles(name: string, event: Event): boolean {
  if (!('container' in event) || event.container !== name) return false;
  return (
    event.kind === 'ContainerExited' ||
    event.kind === 'Failed' ||
    (event.kind === 'ProbeFinished' && event.result === 'Failure')
  );
}

/** The message of a run that broke: there is no verdict, and why. */
export function brokenMessage({ utils }: Context, call: string, why: string, timeline: Timeline): string {
  const text = `The run broke after ${seconds(timeline.now)}, so this neither held nor failed to: ${printable(why)}`;
  return paragraphs([call], [utils.RECEIVED_COLOR(text)], evidence(timeline, undefined), []);
}

function paragraphs(...blocks: readonly (readonly string[])[]): string {
  return blocks
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join('\n'))
    .join('\n\n');
}
