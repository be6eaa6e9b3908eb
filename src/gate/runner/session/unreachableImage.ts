import { historyOf } from '../../../timeline/history/podHistory';
import type { Timeline } from '../../../timeline/timeline';

/** One failure may be a moment of the registry's. */
const PULLS_MAX = 2;

/** Returns why an image cannot be pulled, and what to do; undefined while it still may. It says nothing about the app. */
export function unreachableImage(timeline: Timeline): string | undefined {
  const failures = historyOf(timeline).failures.filter(({ failed }) => failed === 'pull');
  const last = failures.at(-1);
  if (!last || failures.filter(({ container }) => container === last.container).length < PULLS_MAX) return undefined;
  const fix = `Pass --image ${last.container}=REF with an image that is on this machine, or check the registry`;
  return `the image of ${last.container} cannot be pulled: ${last.message}. ${fix}`;
}
