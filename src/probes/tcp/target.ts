import type { ContainerPort, TCPSocketAction } from '../../manifest/model';
import { hostToDial } from '../address';
import { type PortRules, resolveContainerPort } from '../port';

export interface TCPTarget {
  readonly host: string;
  readonly port: number;
}

/** Where a tcpSocket probe connects to. Throws a PortError or NoAddressError when there is no such place. */
export function tcpTarget(
  tcpSocket: TCPSocketAction,
  ports: readonly ContainerPort[],
  podIP: string,
  rules: PortRules,
): TCPTarget {
  return { port: resolveContainerPort(tcpSocket.port, ports, rules), host: hostToDial(tcpSocket.host, podIP) };
}
