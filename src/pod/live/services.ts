import { inspect } from 'node:util';
import type { ServiceAddress } from '../../agent/ipc/messages';
import { isPodHandle, POD_RUN } from '../../waiting/podRun';
import type { LivePod } from './livePod';

/** Container that testcontainers has started. */
export interface StartedContainer {
  /** Returns the id of the container. */
  getId(): string;
}

/**
 * Dependency of a pod: a container that testcontainers has started, another pod of `runPod`, or a server of this test
 * or elsewhere as `host:port`.
 */
export type GivenService = StartedContainer | LivePod | string;

const NAME = /^[a-z0-9_]([-a-z0-9_.]*[a-z0-9_])?$/i;
const ADDRESS = /^(?:\[(?<v6>[^\]]+)\]|(?<host>[^\s:/]+)):(?<port>\d{1,5})$/;
const PORT_MAX = 65_535;

/**
 * Returns the addresses of the services, by their names.
 *
 * @throws TypeError for an invalid service or name.
 */
export function serviceAddresses(services: Readonly<Record<string, GivenService>>): Record<string, ServiceAddress> {
  return Object.fromEntries(Object.entries(services).map(([name, given]) => [name, addressOf(name, given)]));
}

/** Returns the same services, with a proxy before each that has an address. */
export function addProxies(services: Readonly<Record<string, ServiceAddress>>): Record<string, ServiceAddress> {
  return Object.fromEntries(
    Object.entries(services).map(([name, at]) => [name, at.kind === 'address' ? { ...at, isProxied: true } : at]),
  );
}

function addressOf(name: string, given: GivenService): ServiceAddress {
  if (!NAME.test(name))
    throw new TypeError(`services: a name must be a host name such as 'postgres', received ${inspect(name)}`);
  if (typeof given === 'string') return parseAddress(name, given);
  if (typeof given === 'object' && given !== null) {
    if ('getId' in given) return { kind: 'container', id: given.getId() };
    const key = isPodHandle(given) ? given[POD_RUN].agentKey : undefined;
    if (key !== undefined) return { kind: 'pod', key };
  }
  const rule = "a started container of testcontainers, a pod of runPod, or 'host:port'";
  throw new TypeError(`services: ${name} must be ${rule}, received ${inspect(given, { depth: -1 })}`);
}

function parseAddress(name: string, address: string): ServiceAddress {
  const { v6, host = v6, port } = ADDRESS.exec(address)?.groups ?? {};
  if (host === undefined || Number(port) < 1 || Number(port) > PORT_MAX)
    throw new TypeError(`services: ${name} must be 'host:port', received ${inspect(address)}`);
  return { kind: 'address', host, port: Number(port) };
}
