import { hasContainerState, reachedContainerState } from '../../src/assertions/status/containerState';
import { historyOf } from '../../src/timeline/history/podHistory';
import { type ContainerStateOptions, containerState } from '../kernel/call/containerState';
import { oneContainer, theContainer } from '../kernel/call/oneContainer';
import { now } from '../kernel/wait/now';

/** Passes if the container has the state now. */
export const toHaveContainerState = now<{ readonly state: ContainerStateOptions }>({
  name: 'toHaveContainerState',
  leading: ['state'],
  checks: { state: containerState },
  misfit: ({ state }, pod) => oneContainer(state, pod),
  expected: ({ state: { container, ...state } }, pod) => ({
    kind: 'haveState',
    container: theContainer(container, pod),
    state,
  }),
  evaluate: (timeline, { state: { container, ...wanted } }, pod) =>
    hasContainerState(timeline, theContainer(container, pod), wanted),
  waits: {
    matcher: 'toReachContainerState',
    evaluate: (timeline, { state: { container, ...wanted } }, pod) =>
      reachedContainerState(timeline, historyOf(timeline).end, theContainer(container, pod), wanted),
  },
});
