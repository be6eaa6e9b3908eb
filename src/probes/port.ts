import type { Behavior } from '../kubelet/behavior/behavior';
import type { ContainerPort, IntOrString } from '../manifest/model';
import { goQuote } from './goText';

const MAX_PORT = 65_535;
const MAX_INT = 2n ** 63n - 1n;

/** Differences between versions in the handling of ports. */
export type PortRules = Pick<Behavior, 'textPortIsName'>;

/** A handler's port that leads nowhere. The probe errors, each time: it can never count as failed. */
class PortError extends Error {
  override readonly name = 'PortError';
}

/** Returns the container port that carries `name`. Source: probe/util.go `findPortByName`. */
export function findPortByName(ports: readonly ContainerPort[], name: string): number | undefined {
  return ports.find((port) => port.name === name)?.containerPort;
}

/**
 * Returns the number of a handler's port: itself, the port of that name in the same container, or (before 1.37) a
 * number written as text. Throws a {@link PortError} in the kubelet's words.
 *
 * Source: probe/util.go `ResolveContainerPort`.
 */
export function resolveContainerPort(
  port: IntOrString,
  ports: readonly ContainerPort[],
  { textPortIsName }: PortRules,
): number {
  const resolved = numberOf(port, ports, textPortIsName);
  if (resolved < 1 || resolved > MAX_PORT) throw new PortError(`invalid port number: ${resolved}`);
  return resolved;
}

function numberOf(port: IntOrString, ports: readonly ContainerPort[], textPortIsName: boolean): number {
  if (typeof port === 'number') return port;
  if (typeof port !== 'string') throw new PortError(`intOrString had no kind: ${JSON.stringify(port)}`);
  const named = findPortByName(ports, port);
  if (named === undefined && textPortIsName) throw new PortError(`port ${goQuote(port)} not found`);
  return named ?? atoi(port);
}

/** Source: Go `strconv.Atoi`, with its errors. */
function atoi(text: string): number {
  if (!/^[+-]?\d+$/.test(text)) throw new PortError(`strconv.Atoi: parsing ${goQuote(text)}: invalid syntax`);
  const value = BigInt(text.replace('+', ''));
  if (value > MAX_INT || value < -MAX_INT - 1n) {
    throw new PortError(`strconv.Atoi: parsing ${goQuote(text)}: value out of range`);
  }
  return Number(value);
}
