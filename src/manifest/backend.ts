import { containersOf, type IntOrString, type Pod } from './model';
import type { Service } from './services';

/** How clients come to a pod through the Services that select it. */
export interface Backend {
  /** Whether they come though it is not ready. */
  readonly publishNotReadyAddresses: boolean;
  /** Where they come to; absent where no Service selects the pod. */
  readonly targetPort?: IntOrString;
}

/**
 * What the Services that select a pod come to. A pod may have two: one for its clients, and a headless one that has its
 * peers find it before it is ready. The one that minds readiness is the clients'.
 */
export function backendOf(services: readonly Service[]): Backend {
  const clients = services.find(({ publishNotReadyAddresses }) => !publishNotReadyAddresses);
  const [service] = clients ? [clients] : services;
  const targetPort = service?.ports[0]?.targetPort;
  return {
    publishNotReadyAddresses: service !== undefined && !clients,
    ...(targetPort !== undefined && { targetPort }),
  };
}

/**
 * The number of the port at which a client asks the pod: the one asked for, by number or name, else its Service's, else
 * the first that a container lists.
 *
 * @throws Error when there is none, or none of that name.
 *
 * Source: api/v1/pod/util.go `FindPort`.
 */
export function portForClients({ metadata, spec }: Pod, { targetPort }: Backend, asked?: IntOrString): number {
  const ports = containersOf(spec).flatMap((container) => container.ports ?? []);
  const port = asked ?? targetPort ?? spec.containers.find((container) => container.ports?.length)?.ports?.[0];
  if (typeof port === 'object') return port.containerPort;
  if (typeof port === 'number') return port;
  const named = ports.find(({ name }) => name === port);
  if (port !== undefined && named) return named.containerPort;
  const names = ports.flatMap(({ name }) => (name ? [JSON.stringify(name)] : []));
  const wrong =
    port === undefined
      ? 'no Service selects it and its containers list no ports; say which one is meant, as in { port: 8080 }'
      : `no port is named ${JSON.stringify(port)}; its containers name ${new Intl.ListFormat('en').format(names) || 'none'}`;
  throw new Error(`pod ${metadata.name}: ${wrong}`);
}
