import type { AssertionResult } from '../../assertions/assertionResult';
import { printable } from '../../escaping/terminal';
import { containersOf, type Pod } from '../../manifest/model';
import { type Event, isA } from '../../timeline/event';
import type { CauseId } from '../../timeline/failureCause';
import { historyOf } from '../../timeline/history/podHistory';
import type { Timeline } from '../../timeline/timeline';
import { formatSeconds } from '../../wording/durations';
import { formatDetail } from '../../wording/facts/detail';
import { formatFix } from '../../wording/facts/fix';
import { formatReason } from '../../wording/facts/reason';
import { formatReceived } from '../../wording/facts/received';
import { formatRemark } from '../../wording/facts/remark';
import { drawTimeline } from '../drawing/drawTimeline';
import { evidence } from './evidence';
import { explainIncident, explanationOf } from './explain/index';
import { hasCrashed } from './explain/restarts';
import { Incident } from './incident';
import { inNumbers } from './inNumbers';
import { lastLines } from './lastLines';

/** So much of a life is seen in lines alone. */
const CONTAINERS_IN_LINES = 2;
const RESTARTS_IN_LINES = 1;
/** A message is to fit a screen. */
const CONTAINERS_DRAWN = 5;

/** What was evaluated, and its result. */
export interface Evaluation {
  readonly result: AssertionResult;
  readonly timeline: Timeline;
  /** The pod as it ran: its manifest's numbers are told, and what they came to. */
  readonly pod: Pod;
}

export interface NoteOptions {
  /** What else a reader should know, a sentence each. */
  readonly notes?: readonly string[];
  /** How the line is marked that decided; as it is where absent. */
  readonly mark?: (text: string) => string;
  /** Leaves out what {@link adviceOn} returns. */
  readonly isAdvised?: boolean;
}

/** What there was, when, and why, in a line. */
export function receivedIn({ result, timeline }: Evaluation): string {
  const { received, reason, event, at = event?.at ?? timeline.now } = result;
  const why = reason && formatReason(reason);
  return printable([`${formatReceived(received)} after ${formatSeconds(at)}`, why].filter(Boolean).join(': '));
}

/**
 * The evidence of a verdict, a block of lines for each part: the single cases, how it came to that, what the container wrote last, what
 * the manifest's numbers have to do with it, why, and what to do.
 */
export function noteOn(
  { result, timeline, pod }: Evaluation,
  { notes = [], mark, isAdvised = false }: NoteOptions = {},
): readonly (readonly string[])[] {
  const { remark, event, container, details = [] } = result;
  const incident = new Incident(pod, timeline, event, container);
  const drawn = picture(incident);
  const shown = evidence(timeline, event, { isPictured: drawn.length > 0 });
  const lines = shown.map((line) => (mark && line.startsWith('>') ? mark(line) : line));
  const advice = isAdvised ? [] : adviceIn(incident, result);
  const remarks = [...inNumbers(incident), ...advice, remark && formatRemark(remark), ...notes]
    .filter((one) => one !== undefined)
    .map(printable);
  return [details.map(formatDetail).map(printable), drawn, lines, lastLines(incident), remarks];
}

/** Advice that follows from an incident. */
export interface IncidentAdvice {
  readonly cause?: CauseId | undefined;
  /** Empty if no fix is known. */
  readonly advice: string;
  /** Page and anchor that explain the cause: `faq/probes.md#probe-404`. */
  readonly docs?: string | undefined;
}

/** Returns the cause of a result, and the advice that follows from it. */
export function adviceOn({ result, timeline, pod }: Evaluation): IncidentAdvice {
  const incident = new Incident(pod, timeline, result.event, result.container);
  const { cause = crashIn(incident), text, faq } = explanationOf(incident) ?? {};
  const advice = [text, result.fix && formatFix(result.fix)].filter((one) => one !== undefined);
  return { cause, advice: advice.map(printable).join(' '), docs: faq && `faq/${faq}` };
}

/** What is left if nothing explains the exit. */
function crashIn({ lastLife }: Incident): CauseId | undefined {
  const end = lastLife.findLast((event) => isA('ContainerExited', event));
  return end && hasCrashed(end) ? 'crashes' : undefined;
}

function adviceIn(incident: Incident, { fix }: AssertionResult): readonly string[] {
  return [explainIncident(incident), fix && formatFix(fix)].filter((one) => one !== undefined);
}

/** Blocks of lines as a text; a block without lines is left out. */
export function paragraphs(...blocks: readonly (readonly string[])[]): string {
  return blocks
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join('\n'))
    .join('\n\n');
}

/**
 * A picture of the pod's life, where its order is hard to see in lines: many restarts, or many containers. Drawn are those
 * that had trouble, and whom it is about.
 */
function picture({ pod, timeline, container }: Incident): readonly string[] {
  const names = containersOf(pod.spec).map(({ name }) => name);
  if (names.length <= CONTAINERS_IN_LINES && historyOf(timeline).restarts.length <= RESTARTS_IN_LINES) return [];
  const troubled = names.filter((name) => name === container?.name || historyOf(timeline).about(name).some(isTrouble));
  return drawTimeline(timeline, { containers: troubled.slice(0, CONTAINERS_DRAWN), onlyFailing: true }).split('\n');
}

function isTrouble(event: Event): boolean {
  return (
    event.kind === 'ContainerExited' ||
    event.kind === 'Failed' ||
    (event.kind === 'ProbeFinished' && event.result === 'Failure')
  );
}
