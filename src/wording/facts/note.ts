import type { Plain } from '../../assertions/facts/plain';
import { formatDuration } from '../durations';
import { formatFrom, type Words } from '../message';

/** Something that a reader of a failure should know about the run or the call. */
export type Note =
  /** The matcher does not wait, and `waiting` is the call of the one that does. */
  | { readonly kind: 'doesNotWait'; readonly matcher: string; readonly waiting: string }
  | { readonly kind: 'backOffSkipped'; readonly skippedMs: number }
  | Plain<'outOfTime'>;

/** Returns a note as one or two sentences. */
export function formatNote(note: Note): string {
  return formatFrom(NOTES, note);
}

const NOTES: Words<Note> = {
  doesNotWait: ({ matcher, waiting }) => `${matcher} does not wait. To wait, use await expect(pod).${waiting}.`,
  backOffSkipped: ({ skippedMs }) =>
    `The test skipped ${formatDuration(Math.round(skippedMs / 1_000) * 1_000)} of back-off. To wait, pass skipBackOff: false.`,
  outOfTime:
    "The wait stopped early because the test was about to time out. Raise the test's timeout, for example test(name, fn, 300_000).",
};

/** Returns the message of a run without a result: `No result: the run was aborted after 3.2s: …`. */
export function formatAborted(why: string, after?: string): string {
  return `No result: the run was aborted${after === undefined ? '' : ` after ${after}`}: ${why}`;
}
