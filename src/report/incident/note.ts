import type { AssertionResult } from '../../assertions/assertionResult';
import { printable } from '../../escaping/terminal';
import { containersOf, type Pod } from '../../manifest/model';
import { type Event, isA } from '../../timeline/event';
import type { CauseId } from '../../timeline/failureCause';
import { historyOf } from '../../timeline/history/podHistory';
import type { Timeline } from '../../timeline/timeline';
import { formatSeconds } from '../../wording/durations';
import { type ExplanationId, formatExplanation } from '../../wording/explanations/format';
import { formatDetail } from '../../wording/facts/detail';
import { formatFix } from '../../wording/facts/fix';
import { formatReason } from '../../wording/facts/reason';
import { formatReceived } from '../../wording/facts/received';
import { formatRemark } from '../../wording/facts/remark';
import { drawTimeline } from '../drawing/drawTimeline';
import { evidence } from './evidence';
import { findExplanation } from './explain/index';
import { hasCrashed } from './explain/restarts';
import { Incident } from './incident';
import { inNumbers } from './inNumbers';
import { lastLines } from './lastLines';

/** A timeline with more than these needs a picture. */
const CONTAINERS_IN_LINES = 2;
const RESTARTS_IN_LINES = 1;
/** Largest picture that fits a screen. */
const CONTAINERS_DRAWN = 5;
const DOCS = 'jest-kubelet/docs';

/** An assertion's result, with the timeline and the pod that it was evaluated on. */
export interface Evaluation {
  readonly result: AssertionResult;
  readonly timeline: Timeline;
  /** The pod as it ran, with the numbers of its manifest. */
  readonly pod: Pod;
}

export interface NoteOptions {
  /** Further sentences for the reader. */
  readonly notes?: readonly string[];
  /** Highlights the row of the deciding event. Default: no highlight. */
  readonly mark?: (text: string) => string;
  /** True to leave out what {@link adviceOn} returns. */
  readonly isAdvised?: boolean;
}

/** Returns what the assertion received, when, and why, in one line. */
export function receivedIn({ result, timeline }: Evaluation): string {
  const { received, reason, event, at = event?.at ?? timeline.now } = result;
  const why = reason && formatReason(reason);
  return printable([`${formatReceived(received)} after ${formatSeconds(at)}`, why].filter(Boolean).join(': '));
}

/**
 * Returns the evidence of a result, a block of lines for each part: the single cases, the timeline, the last output of the
 * container, the numbers of the manifest with other notes, and the cause with its fix.
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
  const remarks = [...inNumbers(incident), remark && formatRemark(remark), ...notes]
    .filter((one) => one !== undefined)
    .map(printable);
  const advice = isAdvised ? [] : adviceLines(adviceIn(incident, result));
  return [details.map(formatDetail).map(printable), drawn, lines, lastLines(incident), remarks, advice];
}

/** Advice that follows from an incident. */
export interface IncidentAdvice {
  readonly cause?: CauseId | undefined;
  /** Stable id of the message that explains the incident. */
  readonly id?: ExplanationId | undefined;
  /** The cause and the fix as sentences. Empty if nothing explains the incident. */
  readonly advice: string;
  /** Page and anchor that explain the cause: `faq/probes.md#probe-404`. */
  readonly docs?: string | undefined;
}

/** Returns the cause of a result, and the advice that follows from it. */
export function adviceOn({ result, timeline, pod }: Evaluation): IncidentAdvice {
  const incident = new Incident(pod, timeline, result.event, result.container);
  const found = findExplanation(incident);
  const { because, fixes, docs } = adviceIn(incident, result);
  const sentences = [because, ...fixes].filter((one) => one !== undefined);
  return {
    cause: found?.cause ?? crashIn(incident),
    id: found?.message.kind,
    advice: sentences.map(printable).join(' '),
    docs,
  };
}

/** Returns the cause of an exit that nothing explains. */
function crashIn({ lastLife }: Incident): CauseId | undefined {
  const end = lastLife.findLast((event) => isA('ContainerExited', event));
  return end && hasCrashed(end) ? 'crashes' : undefined;
}

interface AdviceParts {
  readonly because: string | undefined;
  /** The fix that the result has comes first, because it is more specific. */
  readonly fixes: readonly string[];
  readonly docs: string | undefined;
}

function adviceIn(incident: Incident, { fix }: AssertionResult): AdviceParts {
  const found = findExplanation(incident);
  const explanation = found && formatExplanation(found.message);
  const fixes = [fix && formatFix(fix), explanation?.fix].filter((one) => one !== undefined);
  const faq = explanation?.faq;
  return { because: explanation?.cause, fixes, docs: faq === undefined ? undefined : `faq/${faq}` };
}

function adviceLines({ because, fixes, docs }: AdviceParts): readonly string[] {
  return [
    ...(because === undefined ? [] : [`Cause: ${because}`]),
    ...fixes.map((fix, index) => `${index === 0 ? 'Fix:  ' : '      '} ${fix}`),
    ...(docs === undefined ? [] : [`Docs:  ${DOCS}/${docs}`]),
  ].map(printable);
}

/** Joins blocks of lines to a text, without the empty blocks. */
export function paragraphs(...blocks: readonly (readonly string[])[]): string {
  return blocks
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join('\n'))
    .join('\n\n');
}

/**
 * Returns a picture of the timeline if rows show its order badly: with many restarts or many containers. It contains the
 * containers that failed, and the one that the result is about.
 */
function picture({ pod, timeline, container }: Incident): readonly string[] {
  const names = containersOf(pod.spec).map(({ name }) => name);
  if (names.length <= CONTAINERS_IN_LINES && historyOf(timeline).restarts.length <= RESTARTS_IN_LINES) return [];
  const troubled = names.filter((name) => name === container?.name || historyOf(timeline).about(name).some(isTrouble));
  return drawTimeline(timeline, { containers: troubled.slice(0, CONTAINERS_DRAWN), isOnlyFailing: true }).split('\n');
}

function isTrouble(event: Event): boolean {
  return (
    event.kind === 'ContainerExited' ||
    event.kind === 'Failed' ||
    (event.kind === 'ProbeFinished' && event.result === 'Failure')
  );
}
