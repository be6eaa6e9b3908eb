import { becameStarted } from '../../src/assertions/status/started';
import { historyOf } from '../../src/timeline/history/podHistory';
import { startedLimit } from '../../src/timing/waits';
import { containerName } from '../kernel/call/options';
import { eventually } from '../kernel/wait/eventually';
import { WITHIN, type Within } from '../kernel/wait/within';

export interface ToBecomeStartedOptions extends Within {
  readonly container?: string | undefined;
}

/** Passes when the container, or every long-running one, is started, immediately if it already is. */
export const toBecomeStarted = eventually<ToBecomeStartedOptions>({
  name: 'toBecomeStarted',
  checks: { container: containerName, ...WITHIN },
  expected: ({ container }) => ({ kind: 'becomeStarted', container }),
  since: (timeline) => historyOf(timeline).end,
  evaluate: (timeline, since, { container }, pod) => becameStarted(timeline, since, pod, container),
  from: 'start',
  limit: (spec, { container }) => startedLimit(spec, container),
});
