import { printable } from '../../../src/escaping/terminal';
import { evidence } from '../../../src/report/incident/evidence';
import { type Evaluation, noteOn, paragraphs, receivedIn } from '../../../src/report/incident/note';
import type { Timeline } from '../../../src/timeline/timeline';
import { formatSeconds } from '../../../src/wording/durations';
import { formatAborted } from '../../../src/wording/facts/note';
import type { Context } from './context';

export interface Failure extends Evaluation {
  /** The call as the test wrote it. */
  readonly call: string;
  readonly expected: string;
  /** Further sentences for the reader. */
  readonly notes?: readonly string[];
}

/** Returns a failure: the call, what it expected, what it received and when, and the evidence. */
export function failureMessage({ utils }: Context, { call, expected, notes = [], ...evaluation }: Failure): string {
  const received = utils.RECEIVED_COLOR(receivedIn(evaluation));
  const head = [`Expected: ${utils.EXPECTED_COLOR(expected)}`, `Received: ${received}`];
  return paragraphs([call], head, ...noteOn(evaluation, { notes, mark: utils.RECEIVED_COLOR }));
}

/** Returns the message of an aborted run: it has no result, for this reason. */
export function abortedMessage({ utils }: Context, call: string, why: string, timeline: Timeline): string {
  const text = formatAborted(printable(why), formatSeconds(timeline.now));
  return paragraphs([call], [utils.RECEIVED_COLOR(text)], evidence(timeline, undefined), []);
}
