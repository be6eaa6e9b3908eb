import type { PodSpec } from '../../manifest/model';
import { isSidecar } from '../../manifest/model';
import type { Behavior } from '../behavior/behavior';
import type { Kill, Killing } from '../state/pass';

/**
 * Returns whether a container may get its stop signal while its whole pod is being stopped: since 1.29 a sidecar waits
 * for all regular containers and for the sidecars after it.
 *
 * Source: kuberuntime_termination_order.go.
 */
export function isItsTurn(kill: Kill, killing: Killing, spec: PodSpec, behavior: Behavior): boolean {
  if (!killing.wholePod || !behavior.sidecarsStopLast) return true;
  const index = spec.initContainers.findIndex(({ name }) => name === kill.container.name);
  const own = spec.initContainers[index];
  if (!own || !isSidecar(own)) return true;
  const nextSidecar = spec.initContainers.slice(index + 1).find(isSidecar);
  const waitsFor = new Set([...spec.containers, ...(nextSidecar ? [nextSidecar] : [])].map(({ name }) => name));
  return killing.kills.every((other) => !waitsFor.has(other.container.name) || other.stage === 'done');
}
