import { type Container, containersOf, isSidecar } from '../../../manifest/model';
import type { ProbeType } from '../../../timeline/event';
import { formatList } from '../../../wording/list';
import type { Incident } from '../incident';
import { decisiveAttempt } from './decisiveAttempt';
import type { Explanation } from './rule';

/** A probe is refused, and it was seen where the pod listens instead. */
export function listensElsewhere(incident: Incident): Explanation | undefined {
  const answer = decisiveAttempt(incident);
  const addresses = incident.last('ListenersSeen')?.addresses ?? [];
  const port = answer && portNumber(incident, answer.probe);
  if (!answer || port === undefined || addresses.length === 0 || answer.failure?.kind !== 'refused') {
    return undefined;
  }
  const listens = `${answer.container} listens on ${formatList(addresses)}`;
  const asks = `the ${answer.probe} probe connects to port ${port} at the IP of the pod`;
  const faq = 'probes.md#bound-to-localhost';
  const own = addresses.filter((address) => portOf(address) === port);
  if (own.length === 0) {
    if (!isElsewhere(incident, port, addresses)) return undefined;
    const text = `${listens}, and ${asks}. Set the probe to the port that the app uses, or the app to the port of the probe.`;
    return { cause: 'nothing-listens', text, faq };
  }
  if (!own.every(isLoopback)) return undefined;
  const text = `${listens}, and ${asks}. Only the pod itself reaches a loopback address: bind 0.0.0.0, or [::] for IPv6 too.`;
  return { cause: 'bound-to-localhost', text, faq };
}

/**
 * True if the port that is open is the container's in place of that one. An app may open the ports of its metrics or of its
 * peers long before the others, and the addresses are those of all containers.
 */
function isElsewhere({ container, pod }: Incident, port: number, addresses: readonly string[]): boolean {
  const open = [...new Set(addresses.filter((address) => !isLoopback(address)).map(portOf))];
  const declared = declaredPorts(container);
  if (open.some((each) => declared.includes(each))) return !declared.includes(port);
  const others = containersOf(pod.spec).filter(({ name }) => name !== container?.name);
  const isAlone = others.every((other) => pod.spec.initContainers.includes(other) && !isSidecar(other));
  return isAlone && open.length === 1 && declared.length <= 1;
}

function declaredPorts(container: Container | undefined): readonly number[] {
  return container?.ports?.map(({ containerPort }) => containerPort) ?? [];
}

function portOf(address: string): number {
  return Number(address.slice(address.lastIndexOf(':') + 1));
}

/** The number of the port that a probe connects to. */
function portNumber({ container }: Incident, type: ProbeType): number | undefined {
  const { httpGet, tcpSocket, grpc } = container?.[`${type}Probe`] ?? {};
  const port = (httpGet ?? tcpSocket ?? grpc)?.port;
  return typeof port === 'string' ? container?.ports?.find(({ name }) => name === port)?.containerPort : port;
}

function isLoopback(address: string): boolean {
  return /^127\.|^\[::1\]/.test(address);
}
