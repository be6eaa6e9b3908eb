import type { Container, ContainerRestartRule, RestartPolicy } from '../../manifest/model';
import { isSidecar } from '../../manifest/model';
import type { Behavior } from '../behavior/behavior';
import { newestOf, type RuntimeState } from '../state/runtimeState';
import type { SyncedPod } from '../state/syncedPod';

/**
 * Returns whether a container that does not run has to be started (again). A start that failed before the process ran
 * is retried under every policy; a pod that is being deleted starts nothing.
 *
 * Source: container/helpers.go `ShouldContainerBeRestarted`.
 */
export function shouldContainerBeRestarted(
  container: Container,
  pod: SyncedPod,
  runtime: RuntimeState,
  behavior: Behavior,
): boolean {
  if (pod.deletion) return false;
  const newest = newestOf(runtime, container.name);
  if (!newest) return true;
  if (newest.state === 'running') return false;
  if (newest.state === 'unknown' || newest.state === 'created') return true;
  return containerShouldRestart(container, pod.spec.restartPolicy, newest.exitCode ?? 0, behavior);
}

/**
 * Returns the containers that a pod without a usable sandbox starts in a new one: none if it makes no new one.
 *
 * Source: kuberuntime_manager.go `computePodActions`.
 */
export function containersOfNewSandbox({ spec }: SyncedPod, runtime: RuntimeState): readonly Container[] {
  if (spec.restartPolicy === 'Never' && runtime.sandbox && runtime.instances.length > 0) return [];
  return spec.containers.filter(({ name }) => spec.restartPolicy !== 'OnFailure' || !hasSucceeded(runtime, name));
}

function hasSucceeded(runtime: RuntimeState, name: string): boolean {
  const newest = newestOf(runtime, name);
  return newest?.state === 'exited' && newest.exitCode === 0;
}

/**
 * Returns whether an exit with this code is followed by a restart: by the first matching rule, else the container's own
 * policy, else the pod's.
 *
 * Source: api/v1/pod/util.go `ContainerShouldRestart`.
 */
export function containerShouldRestart(
  container: Container,
  podPolicy: RestartPolicy,
  exitCode: number,
  behavior: Behavior,
): boolean {
  if (matchingRestartRule(container, exitCode, behavior)) return true;
  const policy = effectivePolicy(container, podPolicy, behavior);
  return policy === 'Always' || (policy === 'OnFailure' && exitCode !== 0);
}

/** Returns the policy of a container: its own if it may have one, else the pod's. */
export function effectivePolicy(container: Container, podPolicy: RestartPolicy, behavior: Behavior): RestartPolicy {
  if (container.restartPolicy === undefined) return podPolicy;
  return isSidecar(container) || behavior.restartRules ? container.restartPolicy : podPolicy;
}

/** Source: api/v1/pod/util.go `FindMatchingContainerRestartRule`. */
function matchingRestartRule(
  container: Container,
  exitCode: number,
  behavior: Behavior,
): ContainerRestartRule | undefined {
  if (container.restartPolicy === undefined || !behavior.restartRules) return undefined;
  return container.restartPolicyRules?.find(({ exitCodes }) => {
    const listed = exitCodes?.values?.includes(exitCode) ?? false;
    return exitCodes !== undefined && (exitCodes.operator === 'In' ? listed : !listed);
  });
}

/** Returns whether this exit restarts every container of the pod. */
export function restartsAllContainers(container: Container, exitCode: number, behavior: Behavior): boolean {
  return (
    behavior.restartsAllContainers &&
    matchingRestartRule(container, exitCode, behavior)?.action === 'RestartAllContainers'
  );
}
