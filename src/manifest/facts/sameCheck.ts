import { isDeepStrictEqual } from 'node:util';
import type { Container, IntOrString, Probe } from '../model';

/**
 * Returns whether two probes of a container run the same check, regardless of its times; ports are compared by their
 * numbers.
 */
export function isSameCheck(container: Container, one: Probe, other: Probe): boolean {
  return isDeepStrictEqual(questionOf(container, one), questionOf(container, other));
}

function questionOf(container: Container, { exec, httpGet, tcpSocket, grpc }: Probe): unknown {
  if (exec) return exec.command;
  if (httpGet) return { ...httpGet, port: portNumber(container, httpGet.port) };
  if (tcpSocket) return { ...tcpSocket, port: portNumber(container, tcpSocket.port) };
  return grpc && { port: grpc.port, service: grpc.service ?? '' };
}

/** Returns a port by its number if the container knows its name. */
export function portNumber(container: Container, port: IntOrString): IntOrString {
  return container.ports?.find(({ name }) => name === port)?.containerPort ?? port;
}
