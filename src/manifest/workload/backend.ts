import { containersOf, type IntOrString, type Pod } from '../model';
import { isBeside, type Service, type ServicePort } from './services';
import { selectorText } from './strayServices';

/** Ports and conditions by which clients reach a pod through the Services that select it. */
export interface ServiceBackend {
  /** True if clients reach the pod even if it is not ready. */
  readonly publishNotReadyAddresses: boolean;
  /** The port that clients reach; absent if no Service selects the pod. */
  readonly targetPort?: IntOrString;
  /** Every TCP port that clients reach; absent if no Service selects the pod. */
  readonly ports?: readonly BackendPort[];
  /** True if no Service of the manifest is for the pod: one that selects it is assumed. */
  readonly isAssumed?: boolean;
  /** Reason why no Service of the manifest sends requests to the pod. */
  readonly obstacle?: ServiceObstacle;
}

/** Reason why a Service sends no requests to a pod. */
export type ServiceObstacle =
  | { readonly kind: 'selectsNothing'; readonly service: string; readonly selector: string }
  | { readonly kind: 'unknownTargetPort'; readonly service: string; readonly port: string };

/** A port of a pod to which a Service sends requests. */
export type BackendPort = Pick<ServicePort, 'targetPort' | 'scheme'>;

/**
 * Returns the combined effect of the Services that select a pod, where the one that minds readiness is the clients' and
 * a headless one is for peers. `strays` are the Services of its manifest that select no pod.
 */
export function backendOf(pod: Pod, services: readonly Service[], strays: readonly Service[] = []): ServiceBackend {
  const clients = services.find(({ publishNotReadyAddresses }) => !publishNotReadyAddresses);
  const [service] = clients ? [clients] : services;
  const targetPort = service?.ports[0]?.targetPort;
  const obstacle = findObstacle(pod, services, strays);
  const ports = toBackendPorts(clients ? services.filter((each) => !each.publishNotReadyAddresses) : services);
  return {
    publishNotReadyAddresses: service !== undefined && !clients,
    ...(targetPort !== undefined && { targetPort }),
    ...(ports.length > 0 && { ports }),
    ...(!service && obstacle === undefined && { isAssumed: true }),
    ...(obstacle !== undefined && { obstacle }),
  };
}

function toBackendPorts(services: readonly Service[]): readonly BackendPort[] {
  const byTarget = new Map<IntOrString, BackendPort>();
  for (const { targetPort, scheme, protocol } of services.flatMap(({ ports }) => ports)) {
    if (protocol === 'TCP' && !byTarget.has(targetPort))
      byTarget.set(targetPort, { targetPort, ...(scheme && { scheme }) });
  }
  return [...byTarget.values()];
}

function findObstacle(pod: Pod, services: readonly Service[], strays: readonly Service[]): ServiceObstacle | undefined {
  for (const service of services) {
    const [unknown] = findUnknownTargets(service, pod);
    if (unknown) return { kind: 'unknownTargetPort', service: service.name, port: unknown.name };
  }
  const [stray] = services.length === 0 ? strays.filter((service) => isBeside(service, pod.metadata)) : [];
  return stray && { kind: 'selectsNothing', service: stray.name, selector: selectorText(stray) };
}

/**
 * Returns the target ports of a Service that no container of the pod names. The pod receives no requests through them.
 *
 * Source: endpointslice/utils.go `getEndpointPorts`, which leaves them out.
 */
export function findUnknownTargets(
  { ports }: Service,
  { spec }: Pick<Pod, 'spec'>,
): readonly { readonly index: number; readonly name: string }[] {
  const names = new Set(containersOf(spec).flatMap((container) => (container.ports ?? []).map(({ name }) => name)));
  return ports.flatMap(({ targetPort, index }) =>
    typeof targetPort === 'string' && !names.has(targetPort) ? [{ index, name: targetPort }] : [],
  );
}
