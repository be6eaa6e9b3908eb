import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { BlockList, isIPv4 } from 'node:net';
import { networkInterfaces } from 'node:os';
import { RuntimeError } from '../../runtimeError';
import type { Engine } from '../engine/engine';
import { belongsToContainer } from '../processes/hostProcess';
import type { SandboxNetwork } from './sandbox';

const ANY_PORT = 9;

/** Access to the pods of a run. */
export interface PodReach {
  /**
   * Returns true if this machine can dial the IP of a pod. The engine is queried once per pod, but the kernel's route
   * each time, because another route would let another machine respond for the pod.
   */
  isDirect(sandboxId: string, network: SandboxNetwork): Promise<boolean>;
}

/** An interface of this machine with an IPv4 address. */
export interface OwnInterface {
  readonly address: string;
  /** The address with the length of its network's prefix, or null if it has none. */
  readonly cidr: string | null;
}

/**
 * Returns the way to reach pods. By default pods are dialled directly if that certainly leads only to them;
 * `JEST_KUBELET_DIAL` is `inside` for connections from inside the pod's network, or `direct`, which also dials a pod
 * directly if this machine is not on its network.
 *
 * @throws RuntimeError for any other value.
 */
export function podReach(engine: Engine, wanted = process.env.JEST_KUBELET_DIAL ?? ''): PodReach {
  if (!['', 'direct', 'inside'].includes(wanted))
    throw new RuntimeError('JEST_KUBELET_DIAL', `must be "direct" or "inside", received "${wanted}"`);
  const found = new Map<string, Promise<string | undefined>>();
  return {
    async isDirect(sandboxId, network) {
      if (wanted === 'inside') return false;
      const asked = found.get(sandboxId) ?? ownAddress(engine, sandboxId, network);
      found.set(sandboxId, asked);
      // The next attempt may get a response.
      asked.catch(() => found.delete(sandboxId));
      const own = await asked;
      if (own === undefined) return wanted === 'direct';
      // A route that leads elsewhere is never used for a network that this machine is on.
      return (await sourceToward(network.podIP)) === own;
    },
  };
}

/**
 * Returns our address on the pod's network, or undefined if it is not reachable for certain. An engine elsewhere or in
 * a virtual machine may give its pods IPs that are also in use here, so the network must be one of ours, and we must be
 * on the machine that runs the sandbox or in a container beside it.
 */
async function ownAddress(
  { docker }: Engine,
  sandboxId: string,
  { podIP, hostIP, networkId, pid }: SandboxNetwork,
): Promise<string | undefined> {
  const own = interfaceToward(podIP, ownInterfaces());
  if (!own) return undefined;
  if (own.address === hostIP) return (await belongsToContainer(sandboxId, pid)) ? own.address : undefined;
  if (networkId === undefined) return undefined;
  const { Containers = {} } = await docker.getNetwork(networkId).inspect();
  const isBeside = Object.values(Containers).some(({ IPv4Address }) => IPv4Address.split('/')[0] === own.address);
  return isBeside ? own.address : undefined;
}

/**
 * Returns the address from which the kernel would send to that IP now. Nothing is sent for it. Source: ip(7), "connect"
 * of UDP.
 */
async function sourceToward(ip: string): Promise<string | undefined> {
  const socket = createSocket('udp4');
  try {
    socket.connect(ANY_PORT, ip);
    await once(socket, 'connect');
    return socket.address().address;
  } catch {
    // There is no route.
    return undefined;
  } finally {
    socket.close();
  }
}

/**
 * Returns the interface whose network contains that IP, or undefined if there is not exactly one: the route is unknown
 * then.
 */
export function interfaceToward(ip: string, interfaces: readonly OwnInterface[]): OwnInterface | undefined {
  if (!isIPv4(ip)) return undefined;
  const [found, ...others] = interfaces.filter(({ cidr }) => {
    const [net = '', prefix] = cidr?.split('/') ?? [];
    if (!isIPv4(net)) return false;
    const network = new BlockList();
    network.addSubnet(net, Number(prefix));
    return network.check(ip);
  });
  return others.length === 0 ? found : undefined;
}

function ownInterfaces(): readonly OwnInterface[] {
  return Object.values(networkInterfaces()).flatMap((all = []) => all.filter(({ family }) => family === 'IPv4'));
}
