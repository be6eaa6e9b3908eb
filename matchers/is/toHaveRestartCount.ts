import { hasRestartCount } from '../../src/assertions/restarts/restartCount';
import { type OneContainerOptions, oneContainer, theContainer } from '../kernel/call/oneContainer';
import { containerName, count } from '../kernel/call/options';
import { now } from '../kernel/wait/now';

/** Passes if the restartCount of the container has this value now. */
export const toHaveRestartCount = now<{ readonly restarts: number } & OneContainerOptions>({
  name: 'toHaveRestartCount',
  leading: ['restarts'],
  checks: { restarts: count({ from: 0 }), container: containerName },
  misfit: oneContainer,
  expected: ({ restarts, container }, pod) => ({
    kind: 'haveRestartCount',
    container: theContainer(container, pod),
    restarts,
  }),
  evaluate: (timeline, { restarts, container }, pod) =>
    hasRestartCount(timeline, theContainer(container, pod), restarts),
});
