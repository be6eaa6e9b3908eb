import { containersOf, type IntOrString, type Pod } from '../../manifest/model';
import type { ServiceBackend } from '../../manifest/workload/backend';
import { formatBackendObstacle } from '../../wording/backendObstacle';
import { formatList } from '../../wording/list';

/**
 * Returns the number of the port that a client uses: the given one, by number or name, else its Service's, else the
 * first that a container lists.
 * @throws Error if there is no port, or no port with this name.
 *
 * Source: api/v1/pod/util.go `FindPort`.
 */
export function portForClients(
  { metadata, spec }: Pod,
  { targetPort, obstacle }: ServiceBackend,
  requested?: IntOrString,
): number {
  if (obstacle !== undefined)
    throw new Error(`pod ${metadata.name}: no request reaches it. ${formatBackendObstacle(obstacle)}`);
  const ports = containersOf(spec).flatMap((container) => container.ports ?? []);
  const port = requested ?? targetPort ?? spec.containers.find((container) => container.ports?.length)?.ports?.[0];
  if (typeof port === 'object') return port.containerPort;
  if (typeof port === 'number') return port;
  const named = ports.find(({ name }) => name === port);
  if (port !== undefined && named) return named.containerPort;
  const names = ports.flatMap(({ name }) => (name ? [JSON.stringify(name)] : []));
  const problem =
    port === undefined
      ? 'no Service selects it and its containers list no ports. Choose a port, for example { port: 8080 }'
      : `no port is named ${JSON.stringify(port)}. ${names.length > 0 ? `Named ports: ${formatList(names)}` : 'Its containers name no ports'}`;
  throw new Error(`pod ${metadata.name}: ${problem}`);
}
