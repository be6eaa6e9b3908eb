import { isIPv4 } from 'node:net';
import { RuntimeError } from '../../runtimeError';
import type { Docker } from '../engine/docker';
import { messageOf, responseStatusOf } from '../engine/engineError';
import { unlessGone } from '../engine/remove';

const PREFIX = 'jest-kubelet_services_';
const ATTEMPTS_MAX = 5;
const FORBIDDEN = 403;

interface CreatedNetwork {
  readonly id: string;
  readonly subnet: string;
  /** This machine's own address in it, where the engine is this machine's. */
  readonly gateway: string;
}

/** Whether it is a network that pods and services of a run share, and no pod's own. */
export function isServiceNetwork(name: string): boolean {
  return name.startsWith(PREFIX);
}

/**
 * The network on which the pods of a run meet the containers they talk to, made when the first of them is given one. It
 * leads nowhere else: how a pod reaches the rest of the world stays as it was.
 */
export class ServiceNetwork {
  readonly #docker: Docker;
  readonly #labels: Readonly<Record<string, string>>;
  readonly #name: string;
  #made: Promise<CreatedNetwork> | undefined;
  #addresses = 1;

  constructor(docker: Docker, run: string, labels: Readonly<Record<string, string>>) {
    this.#docker = docker;
    this.#labels = labels;
    this.#name = `${PREFIX}${run}`;
  }

  async gateway(): Promise<string> {
    return (await this.#make()).gateway;
  }

  /** An address that nobody else has: it is kept over restarts, which one of the engine's choice is not. */
  async newAddress(): Promise<string> {
    const { subnet } = await this.#make();
    this.#addresses += 1;
    return addressIn(subnet, this.#addresses);
  }

  async connect(container: string, IPv4Address: string): Promise<void> {
    const { id } = await this.#make();
    const EndpointConfig = { IPAMConfig: { IPv4Address } };
    await this.#docker.getNetwork(id).connect({ Container: container, EndpointConfig });
  }

  async disconnect(container: string): Promise<void> {
    if (!this.#made) return;
    const { id } = await this.#made;
    const leaving = this.#docker.getNetwork(id).disconnect({ Container: container, Force: true });
    await unlessGone(
      leaving.catch((error: unknown) => {
        if (!messageOf(error).includes('is not connected')) throw error;
      }),
    );
  }

  #make(): Promise<CreatedNetwork> {
    if (!this.#made) {
      this.#made = this.#create();
      this.#made.catch(() => {
        this.#made = undefined;
      });
    }
    return this.#made;
  }

  /**
   * An address can only be asked for in a subnet that was asked for as well. Which one is free, the engine knows: it is
   * had one of its choice first.
   */
  async #create(): Promise<CreatedNetwork> {
    const common = { Name: this.#name, Internal: true, Labels: { ...this.#labels } };
    for (let attempt = 1; ; attempt += 1) {
      const tried = await this.#docker.createNetwork(common);
      const { IPAM } = await tried.inspect();
      const found = IPAM?.Config?.find(({ Subnet }) => isIPv4(Subnet?.split('/')[0] ?? ''));
      await tried.remove();
      const subnet = found?.Subnet;
      if (subnet === undefined) throw new RuntimeError('container engine', 'gives its networks no IPv4 addresses');
      const gateway = addressIn(subnet, 1);
      try {
        const { id } = await this.#docker.createNetwork({
          ...common,
          IPAM: { Driver: 'default', Config: [{ Subnet: subnet, Gateway: gateway }] },
        });
        return { id, subnet, gateway };
      } catch (error) {
        // Somebody else may have taken it meanwhile.
        if (attempt === ATTEMPTS_MAX || responseStatusOf(error) !== FORBIDDEN) throw error;
      }
    }
  }
}

/** The address of that number in a subnet as CIDR writes it. */
export function addressIn(subnet: string, number: number): string {
  const [base = ''] = subnet.split('/');
  const value = base.split('.').reduce((sum, part) => sum * 256 + Number(part), 0) + number;
  return [24, 16, 8, 0].map((shift) => Math.floor(value / 2 ** shift) % 256).join('.');
}
