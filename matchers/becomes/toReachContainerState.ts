import { reachedContainerState } from '../../src/assertions/status/containerState';
import { historyOf } from '../../src/timeline/history/podHistory';
import { asDefault, crashLoopLimit, restartLimit } from '../../src/timing/waits';
import { type ContainerStateOptions, containerState } from '../kernel/call/containerState';
import { oneContainer, theContainer } from '../kernel/call/oneContainer';
import { eventually } from '../kernel/wait/eventually';
import { WITHIN, type Within } from '../kernel/wait/within';

export type ToReachContainerStateOptions = Within;

/** Passes when the container reaches the state, immediately if it already has. */
export const toReachContainerState = eventually<
  { readonly state: ContainerStateOptions } & ToReachContainerStateOptions
>({
  name: 'toReachContainerState',
  leading: ['state'],
  checks: { state: containerState, ...WITHIN },
  misfit: ({ state }, pod) => oneContainer(state, pod),
  expected: ({ state: { container, ...state } }, pod) => ({
    kind: 'reachState',
    container: theContainer(container, pod),
    state,
  }),
  since: (timeline) => historyOf(timeline).end,
  evaluate: (timeline, since, { state: { container, ...wanted } }, pod) =>
    reachedContainerState(timeline, since, theContainer(container, pod), wanted),
  from: 'fault',
  limit: (spec, { state: { container, waiting } }, backOff) =>
    typeof waiting === 'object' && waiting.reason === 'CrashLoopBackOff'
      ? crashLoopLimit(spec, { container }, backOff)
      : asDefault(restartLimit(spec, { container }, backOff)),
});
