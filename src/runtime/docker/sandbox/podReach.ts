import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { BlockList, isIPv4 } from 'node:net';
import { networkInterfaces } from 'node:os';
import { RuntimeError } from '../../runtimeError';
import type { Engine } from '../engine/engine';
import { isIn } from '../processes/hostProcess';
import type { SandboxNetwork } from './sandbox';

const ANY_PORT = 9;

/** How the pods of a run are reached. */
export interface PodReach {
  /**
   * Whether this machine can dial the IP of a pod. What the engine says is asked for once a pod, where the kernel sends
   * what is dialed each time: a route elsewhere would have another machine answer for the pod.
   */
  isDirect(sandboxId: string, network: SandboxNetwork): Promise<boolean>;
}

/** An interface of this machine with an IPv4 address. */
export interface OwnInterface {
  readonly address: string;
  /** The address with the length of its network's prefix; null where that is none. */
  readonly cidr: string | null;
}

/**
 * By default pods are dialled directly where that certainly leads to them and to nobody else. `JEST_KUBELET_DIAL` is
 * `inside`, which is from inside the pod's network, or `direct`: then a pod whose network this machine is not on is dialled
 * as well. If it is on the network, a route elsewhere is not taken in any case.
 *
 * @throws RuntimeError when it says anything else.
 */
export function podReach(engine: Engine, wanted = process.env.JEST_KUBELET_DIAL ?? ''): PodReach {
  if (!['', 'direct', 'inside'].includes(wanted))
    throw new RuntimeError('JEST_KUBELET_DIAL', `is "${wanted}"; it can be "direct" or "inside", or not set`);
  const found = new Map<string, Promise<string | undefined>>();
  return {
    async isDirect(sandboxId, network) {
      if (wanted === 'inside') return false;
      const asked = found.get(sandboxId) ?? ownAddress(engine, sandboxId, network);
      found.set(sandboxId, asked);
      // The next attempt may get an answer.
      asked.catch(() => found.delete(sandboxId));
      const own = await asked;
      if (own === undefined) return wanted === 'direct';
      return (await sourceToward(network.podIP)) === own;
    },
  };
}

/**
 * The IP alone tells nothing: an engine elsewhere, or one in a virtual machine, gives its pods the IPs that another one
 * here may be giving too. So its network must be one of ours, and we either the machine that runs the sandbox or a
 * container beside it. Returns our address on that network, or undefined.
 */
async function ownAddress(
  { docker }: Engine,
  sandboxId: string,
  { podIP, hostIP, networkId, pid }: SandboxNetwork,
): Promise<string | undefined> {
  const own = interfaceToward(podIP, ownInterfaces());
  if (!own) return undefined;
  if (own.address === hostIP) return (await isIn(sandboxId, pid)) ? own.address : undefined;
  if (networkId === undefined) return undefined;
  const { Containers = {} } = await docker.getNetwork(networkId).inspect();
  const isBeside = Object.values(Containers).some(({ IPv4Address }) => IPv4Address.split('/')[0] === own.address);
  return isBeside ? own.address : undefined;
}

/** The address from which the kernel sends to that IP now. Nothing is sent for it. Source: ip(7), "connect" of UDP. */
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

/** The interface whose network has that IP; undefined if that is not one only, for it is not known where the IP leads then. */
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
