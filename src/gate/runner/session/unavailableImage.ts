import { historyOf } from '../../../timeline/history/podHistory';
import type { Timeline } from '../../../timeline/timeline';
import type { Abort } from '../../../wording/gate/cuts';

/** The first failure may be temporary. */
const PULLS_MAX = 2;

/** Returns the image that cannot be pulled, which says nothing about the app; undefined while it still may be. */
export function unavailableImage(timeline: Timeline): Abort | undefined {
  const failures = historyOf(timeline).failures.filter(({ failed }) => failed === 'pull');
  const { container = '', message = '' } = failures.at(-1) ?? {};
  const pulls = failures.filter((failure) => failure.container === container).length;
  return pulls < PULLS_MAX ? undefined : { kind: 'imageUnavailable', container, message };
}
