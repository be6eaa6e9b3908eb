import { inspect } from 'node:util';
import { hasContainerState, type WantedContainerState, type WantedState } from '../src/judgements/hasContainerState';
import { now } from './kernel/now';
import { type OfOne, oneContainer, theContainer } from './kernel/oneContainer';
import { type Check, type Checks, containerName, problemIn, unchecked } from './kernel/options';

export type AskedContainerState = WantedContainerState & OfOne;

/** `true`, or an object that has only such parts. */
function stateOf(...parts: readonly string[]): Check {
  const checks = Object.fromEntries(parts.map((part) => [part, unchecked]));
  return (value, pod) => (value === true ? undefined : problemIn(value, checks, pod));
}

const STATE: Checks<WantedState> = {
  waiting: stateOf('reason', 'message'),
  running: stateOf('startedAt'),
  terminated: stateOf('exitCode', 'signal', 'reason', 'message', 'startedAt', 'finishedAt', 'containerID'),
};

const CHECKS: Checks<AskedContainerState> = {
  container: containerName,
  ...STATE,
  lastState: (value, pod) => problemIn(value, STATE, pod),
};

/** Holds if the container's state is that one now. */
export const toHaveContainerState = now<{ readonly state: AskedContainerState }>({
  name: 'toHaveContainerState',
  leading: ['state'],
  checks: { state: (value, pod) => problemIn(value, CHECKS, pod) },
  misfit: ({ state }, pod) => oneContainer(state, pod),
  expected: ({ state }) => `container state ${inspect(state)}`,
  unexpected: ({ state }) => `another container state than ${inspect(state)}`,
  judge: (timeline, { state: { container, ...wanted } }, pod) =>
    hasContainerState(timeline, theContainer(container, pod), wanted),
});
