import { behaviorOf } from '../../../src/kubelet';
import type { Instance, RuntimeState, Sandbox } from '../../../src/kubelet/state/runtimeState';
import type { SyncedPod } from '../../../src/kubelet/state/syncedPod';
import type { SyncView } from '../../../src/kubelet/state/syncView';
import { applyDefaults } from '../../../src/manifest/admission/defaults';
import type { ContainerState, ContainerStatus } from '../../../src/timeline/podStatus';
import { s } from '../../fidelity/kubelet/scenarios';

/** Builders for the kubelet's state of a pod. The image of a container is its name and `:1`. */

type WrittenSpec = NonNullable<Parameters<typeof applyDefaults>[0]['spec']>;
type WrittenContainer = NonNullable<WrittenSpec['containers']>[number];

export const SANDBOX: Sandbox = { id: 's', attempt: 0, ready: true, podIP: '10.0.0.1' };

export const DELETION = { deletionTimestamp: s(35), deletionGracePeriodSeconds: 30 };

export function named(name: string, more: WrittenContainer = {}): WrittenContainer {
  return { name, image: `${name}:1`, ...more };
}

export function sidecar(name: string, more: WrittenContainer = {}): WrittenContainer {
  return named(name, { restartPolicy: 'Always', ...more });
}

/** Returns a pod with the defaults of the API server. */
export function podOf(spec: WrittenSpec, more: Partial<SyncedPod> = {}): SyncedPod {
  const metadata = { name: 'web', namespace: 'shop', uid: '7' };
  return { ...applyDefaults({ metadata, spec }), foreignConditions: {}, ...more };
}

/** Returns an instance. By default, its ID is the name of its container. */
export function instance(name: string, state: Instance['state'], more: Partial<Instance> = {}): Instance {
  return { id: name, name, image: `${name}:1`, restartCount: 0, sandboxId: SANDBOX.id, state, ...more };
}

export function exited(name: string, exitCode: number, more: Partial<Instance> = {}): Instance {
  return instance(name, 'exited', { exitCode, reason: exitCode === 0 ? 'Completed' : 'Error', ...more });
}

/** Returns a runtime state whose instances are listed newest first. */
export function runtimeOf(...instances: readonly Instance[]): RuntimeState {
  return { sandbox: SANDBOX, instances, created: {} };
}

/** Returns the view of a sync in Kubernetes 1.36, before any probe has a result. */
export function syncView(spec: WrittenSpec, instances: readonly Instance[], more: Partial<SyncView> = {}): SyncView {
  return { pod: podOf(spec), runtime: runtimeOf(...instances), results: {}, behavior: behaviorOf('1.36'), ...more };
}

export const RUNNING: ContainerState = { running: { startedAt: s(1) } };
export const WAITING: ContainerState = { waiting: { reason: 'ContainerCreating' } };

export function terminated(exitCode: number): ContainerState {
  return { terminated: { exitCode, reason: exitCode === 0 ? 'Completed' : 'Error' } };
}

export function statusOf(name: string, state: ContainerState, more: Partial<ContainerStatus> = {}): ContainerStatus {
  return { name, state, lastState: {}, ready: false, restartCount: 0, image: `${name}:1`, containerID: name, ...more };
}
