import { BlockList, isIPv4 } from 'node:net';
import { networkInterfaces } from 'node:os';
import { RuntimeError } from '../runtimeError';
import type { Engine } from './engine';
import { isIn } from './hostProcess';
import type { SandboxNetwork } from './sandbox';

/** How the pods of a run are reached. */
export interface PodReach {
  /** Whether this machine can dial the IPs of the engine's pods; found out by the first pod that asks. */
  isDirect(sandboxId: string, network: SandboxNetwork): Promise<boolean>;
}

/** An interface of this machine with an IPv4 address. */
export interface OwnInterface {
  readonly address: string;
  /** The address with the length of its network's prefix; null where that is none. */
  readonly cidr: string | null;
}

/**
 * By default pods are dialled directly where that certainly leads to them and to nobody else; `JEST_KUBELET_DIAL` decides
 * otherwise: `direct` or `inside`, which is from inside the pod's network.
 *
 * @throws RuntimeError when it says anything else.
 */
export function podReach(engine: Engine, wanted = process.env.JEST_KUBELET_DIAL ?? ''): PodReach {
  if (!['', 'direct', 'inside'].includes(wanted))
    throw new RuntimeError('JEST_KUBELET_DIAL', `is "${wanted}"; it can be "direct" or "inside", or not set`);
  let found = wanted === '' ? undefined : Promise.resolve(wanted === 'direct');
  return {
    isDirect: (sandboxId, network) => {
      found ??= isOurs(engine, sandboxId, network).catch((error: unknown) => {
        // The next pod may get an answer.
        found = undefined;
        throw error;
      });
      return found;
    },
  };
}

/**
 * The IP alone tells nothing: an engine elsewhere, or one in a virtual machine, gives its pods the IPs that another one
 * here may be giving too. So its network must be one of ours, and we either the machine that runs the sandbox or a
 * container beside it.
 */
async function isOurs({ docker }: Engine, sandboxId: string, { podIP, hostIP }: SandboxNetwork): Promise<boolean> {
  const own = interfaceToward(podIP, ownInterfaces());
  if (!own) return false;
  const { State, NetworkSettings } = await docker.getContainer(sandboxId).inspect();
  if (own.address === hostIP) return isIn(sandboxId, State.Pid);
  const network = Object.values(NetworkSettings.Networks).find(({ IPAddress }) => IPAddress === podIP);
  if (!network) return false;
  const { Containers = {} } = await docker.getNetwork(network.NetworkID).inspect();
  return Object.values(Containers).some(({ IPv4Address }) => IPv4Address.split('/')[0] === own.address);
}

/** The interface whose network has that IP. */
export function interfaceToward(ip: string, interfaces: readonly OwnInterface[]): OwnInterface | undefined {
  if (!isIPv4(ip)) return undefined;
  return interfaces.find(({ cidr }) => {
    const [net = '', prefix] = cidr?.split('/') ?? [];
    if (!isIPv4(net)) return false;
    const network = new BlockList();
    network.addSubnet(net, Number(prefix));
    return network.check(ip);
  });
}

function ownInterfaces(): readonly OwnInterface[] {
  return Object.values(networkInterfaces()).flatMap((all = []) => all.filter(({ family }) => family === 'IPv4'));
}
