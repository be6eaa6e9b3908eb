import { type Container, isSidecar, type PodSpec, type ResourceRequirements } from '../model';
import { parseQuantity } from './quantity';
import type { Unchecked } from './uncheckedManifest';

type Resources = Unchecked<Pick<PodSpec, 'resources'>>;

/**
 * Returns the limits of a container. Those of the pod apply to a container that sets none of its own.
 *
 * Source: kuberuntime_container_linux.go `getCPULimit`, `getMemoryLimit`.
 */
export function limitsOf(container: Pick<Container, 'resources'>, spec: Pick<PodSpec, 'resources'>): ResourceLimits {
  return { ...spec.resources?.limits, ...container.resources?.limits };
}

type ResourceLimits = NonNullable<ResourceRequirements['limits']>;

const LIMITED = ['cpu', 'memory'] as const;

/** Returns why a limit of the pod cannot be kept by limiting each of its containers. */
export function sharedLimit(spec: Unchecked<PodSpec>): string | undefined {
  const running = [
    ...(spec.initContainers ?? []).filter((container) => isSidecar(container as Container)),
    ...(spec.containers ?? []),
  ];
  const exceeded = LIMITED.filter((resource) => {
    const limit = nanos(spec, resource);
    if (limit === undefined) return false;
    return running.reduce((sum, container) => sum + (nanos(container, resource) ?? limit), 0n) > limit;
  });
  if (exceeded.length === 0) return undefined;
  return `its containers could use more ${exceeded.join(' and ')} together than the limit of the pod`;
}

function nanos({ resources }: Resources, resource: (typeof LIMITED)[number]): bigint | undefined {
  const limit = resources?.limits?.[resource];
  return limit === undefined ? undefined : parseQuantity(String(limit))?.nanos;
}
