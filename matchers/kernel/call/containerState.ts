import type { ContainerStateFilter, StateFilter } from '../../../src/assertions/status/containerState';
import type { OneContainerOptions } from './oneContainer';
import { type ArgumentCheck, type Checks, containerName, problemIn, skipCheck } from './options';

/** State of a container that a test expects. */
export type ContainerStateOptions = ContainerStateFilter & OneContainerOptions;

/** Accepts `true`, or an object with some of these parts. */
function stateOf(...parts: readonly string[]): ArgumentCheck {
  const checks = Object.fromEntries(parts.map((part) => [part, skipCheck]));
  return (value, name, pod) => (value === true ? undefined : problemIn(value, name, { checks, pod }));
}

const STATE: Checks<StateFilter> = {
  waiting: stateOf('reason', 'message'),
  running: stateOf('startedAt'),
  terminated: stateOf('exitCode', 'signal', 'reason', 'message', 'startedAt', 'finishedAt', 'containerID'),
};

const CHECKS: Checks<ContainerStateOptions> = {
  container: containerName,
  ...STATE,
  lastState: (value, name, pod) => problemIn(value, name, { checks: STATE, pod }),
};

/** Checks the filter for the state of a container. */
export const containerState: ArgumentCheck = (value, name, pod) => problemIn(value, name, { checks: CHECKS, pod });
