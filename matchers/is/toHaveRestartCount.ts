import { hasRestartCount } from '../../src/assertions/restarts/restartCount';
import { type OfOne, oneContainer, theContainer } from '../kernel/call/oneContainer';
import { containerName, count } from '../kernel/call/options';
import { now } from '../kernel/wait/now';

/** Holds if the container's status counts that many restarts now. */
export const toHaveRestartCount = now<{ readonly restarts: number } & OfOne>({
  name: 'toHaveRestartCount',
  leading: ['restarts'],
  checks: { restarts: count({ from: 0 }), container: containerName },
  misfit: oneContainer,
  expected: ({ restarts, container }) => `restartCount ${restarts}${container === undefined ? '' : ` of ${container}`}`,
  unexpected: ({ restarts, container }) =>
    `another restartCount than ${restarts}${container === undefined ? '' : ` of ${container}`}`,
  evaluate: (timeline, { restarts, container }, pod) =>
    hasRestartCount(timeline, theContainer(container, pod), restarts),
});
