import { becameEndpoint } from '../../src/assertions/traffic/endpoint';
import { historyOf } from '../../src/timeline/history/podHistory';
import { readyLimit } from '../../src/timing/waits';
import { eventually } from '../kernel/wait/eventually';
import { WITHIN, type Within } from '../kernel/wait/within';

export type ToEnterEndpointsOptions = Within;

/** Passes when the pod is a ready endpoint, immediately if it already is. */
export const toEnterEndpoints = eventually<ToEnterEndpointsOptions>({
  name: 'toEnterEndpoints',
  checks: WITHIN,
  expected: () => ({ kind: 'enterEndpoints' }),
  since: (timeline) => historyOf(timeline).end,
  evaluate: becameEndpoint,
  from: 'start',
  limit: (spec) => readyLimit(spec),
});
