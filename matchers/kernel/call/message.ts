import { printable } from '../../../src/escaping/terminal';
import { evidence } from '../../../src/report/incident/evidence';
import { type Evaluation, noteOn, paragraphs, receivedIn } from '../../../src/report/incident/note';
import type { Timeline } from '../../../src/timeline/timeline';
import { formatSeconds } from '../../../src/wording/durations';
import type { Context } from './context';

export interface Failure extends Evaluation {
  /** The call as it stands in the test. */
  readonly call: string;
  readonly expected: string;
  /** What else a reader should know, a sentence each. */
  readonly notes?: readonly string[];
}

/** A failure as an incident note: the call, what was expected, what there was instead and when, and the evidence. */
export function failureMessage({ utils }: Context, { call, expected, notes = [], ...evaluation }: Failure): string {
  const received = utils.RECEIVED_COLOR(receivedIn(evaluation));
  const head = [`Expected: ${utils.EXPECTED_COLOR(expected)}`, `Received: ${received}`];
  return paragraphs([call], head, ...noteOn(evaluation, { notes, mark: utils.RECEIVED_COLOR }));
}

/** The message of a run that broke: there is no verdict, and why. */
export function brokenMessage({ utils }: Context, call: string, why: string, timeline: Timeline): string {
  const text = `The run broke after ${formatSeconds(timeline.now)}, so this neither held nor failed to: ${printable(why)}`;
  return paragraphs([call], [utils.RECEIVED_COLOR(text)], evidence(timeline, undefined), []);
}
