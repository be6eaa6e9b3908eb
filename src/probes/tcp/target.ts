import type { ContainerPort, TCPSocketAction } from '../../manifest/model';
import { hostToDial } from '../address';
import { type PortRules, resolveContainerPort } from '../port';

export interface TCPTarget {
  readonly host: string;
  readonly port: number;
}

/** Returns the target of a tcpSocket probe. Throws a PortError or NoAddressError if it has none. */
export function tcpTarget(
  tcpSocket: TCPSocketAction,
  ports: readonly ContainerPort[],
  podIP: string,
  rules: PortRules,
): TCPTarget {
  return { port: resolveContainerPort(tcpSocket.port, ports, rules), host: hostToDial(tcpSocket.host, podIP) };
}
