import type { ContainerStateFilter, StateFilter } from '../../../src/assertions/status/containerState';
import type { OfOne } from './oneContainer';
import { type ArgumentCheck, type Checks, containerName, problemIn, unchecked } from './options';

/** State of a container that a test expects. */
export type AskedContainerState = ContainerStateFilter & OfOne;

/** `true`, or an object that has only such parts. */
function stateOf(...parts: readonly string[]): ArgumentCheck {
  const checks = Object.fromEntries(parts.map((part) => [part, unchecked]));
  return (value, pod) => (value === true ? undefined : problemIn(value, checks, pod));
}

const STATE: Checks<StateFilter> = {
  waiting: stateOf('reason', 'message'),
  running: stateOf('startedAt'),
  terminated: stateOf('exitCode', 'signal', 'reason', 'message', 'startedAt', 'finishedAt', 'containerID'),
};

const CHECKS: Checks<AskedContainerState> = {
  container: containerName,
  ...STATE,
  lastState: (value, pod) => problemIn(value, STATE, pod),
};

/** Checks that there can be such a state. */
export const containerState: ArgumentCheck = (value, pod) => problemIn(value, CHECKS, pod);
