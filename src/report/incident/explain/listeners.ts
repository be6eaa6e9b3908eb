import { type Container, containersOf, isSidecar } from '../../../manifest/model';
import type { ProbeType } from '../../../timeline/event';
import type { Incident } from '../incident';
import { decisiveAttempt } from './decisiveAttempt';
import type { FoundExplanation } from './rule';

/** Finds a refused probe of a pod that listens on known addresses. */
export function listensElsewhere(incident: Incident): FoundExplanation | undefined {
  const answer = decisiveAttempt(incident);
  const addresses = incident.last('ListenersSeen')?.addresses ?? [];
  const port = answer && portNumber(incident, answer.probe);
  if (!answer || port === undefined || addresses.length === 0 || answer.failure?.kind !== 'refused') {
    return undefined;
  }
  const { container, probe } = answer;
  const facts = { container, probe, addresses, port };
  const own = addresses.filter((address) => portOf(address) === port);
  if (own.length === 0) {
    if (!isElsewhere(incident, port, addresses)) return undefined;
    return { cause: 'nothing-listens', message: { kind: 'other-port', ...facts } };
  }
  if (!own.every(isLoopback)) return undefined;
  return { cause: 'bound-to-localhost', message: { kind: 'bound-to-localhost', ...facts } };
}

/**
 * True if the open port replaces the port of the probe. An app may open the ports of its metrics or peers long before the
 * others, and the addresses are those of all containers.
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

/** Returns the number of the port that a probe connects to. */
function portNumber({ container }: Incident, type: ProbeType): number | undefined {
  const { httpGet, tcpSocket, grpc } = container?.[`${type}Probe`] ?? {};
  const port = (httpGet ?? tcpSocket ?? grpc)?.port;
  return typeof port === 'string' ? container?.ports?.find(({ name }) => name === port)?.containerPort : port;
}

function isLoopback(address: string): boolean {
  return /^127\.|^\[::1\]/.test(address);
}
