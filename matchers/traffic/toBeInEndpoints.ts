import { becameEndpoint } from '../../src/assertions/traffic/endpoint';
import { isEndpoint } from '../../src/assertions/traffic/endpointNow';
import { historyOf } from '../../src/timeline/history/podHistory';
import { now } from '../kernel/wait/now';

/** Passes if the pod is a ready endpoint now. */
export const toBeInEndpoints = now<object>({
  name: 'toBeInEndpoints',
  checks: {},
  expected: () => ({ kind: 'beInEndpoints' }),
  evaluate: isEndpoint,
  waits: { matcher: 'toEnterEndpoints', evaluate: (timeline) => becameEndpoint(timeline, historyOf(timeline).end) },
});
