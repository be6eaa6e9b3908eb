import { becameEndpoint } from '../../src/assertions/traffic/endpoint';
import { historyOf } from '../../src/timeline/history/podHistory';
import { readyLimit } from '../../src/timing/waits';
import { eventually } from '../kernel/wait/eventually';
import { WITHIN, type Within } from '../kernel/wait/within';

export type ToEnterEndpointsOptions = Within;

/** Holds once the pod is a ready endpoint, at once if it is one now. */
export const toEnterEndpoints = eventually<ToEnterEndpointsOptions>({
  name: 'toEnterEndpoints',
  checks: WITHIN,
  expected: () => 'in the endpoints',
  unexpected: () => 'never in the endpoints',
  since: (timeline) => historyOf(timeline).end,
  evaluate: becameEndpoint,
  from: 'start',
  limit: (spec) => readyLimit(spec),
});
