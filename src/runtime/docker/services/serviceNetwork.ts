import { isIPv4 } from 'node:net';
import { RuntimeError } from '../../runtimeError';
import type { Docker } from '../engine/docker';
import { getEngineMessage, getResponseStatus } from '../engine/engineError';
import { unlessGone } from '../engine/remove';

const PREFIX = 'jest-kubelet_services_';
const ATTEMPTS_MAX = 5;
const FORBIDDEN = 403;

interface CreatedNetwork {
  readonly id: string;
  readonly subnet: string;
  /** This machine's own address in it, if the engine runs on this machine. */
  readonly gateway: string;
}

/** Returns true for a network that pods and services of a run share, and false for a pod's own network. */
export function isServiceNetwork(name: string): boolean {
  return name.startsWith(PREFIX);
}

/**
 * The network that connects the pods of a run with their services, created for the first pod that has one. It leads
 * nowhere else, so the other connections of a pod stay the same.
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

  /** Returns an unused address. Unlike an address of the engine's choice, it stays the same after a restart. */
  async newAddress(): Promise<string> {
    const { subnet } = await this.#make();
    this.#addresses += 1;
    return computeAddress(subnet, this.#addresses);
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
        if (!getEngineMessage(error).includes('is not connected')) throw error;
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
   * Creates the network. An address can be chosen only in a subnet that was chosen too, so the engine first creates a
   * network with a free subnet of its choice.
   */
  async #create(): Promise<CreatedNetwork> {
    const common = { Name: this.#name, Internal: true, Labels: { ...this.#labels } };
    for (let attempt = 1; ; attempt += 1) {
      const tried = await this.#docker.createNetwork(common);
      const { IPAM } = await tried.inspect();
      const found = IPAM?.Config?.find(({ Subnet }) => isIPv4(Subnet?.split('/')[0] ?? ''));
      await tried.remove();
      const subnet = found?.Subnet;
      if (subnet === undefined)
        throw new RuntimeError(
          'container engine',
          'gives its networks no IPv4 addresses. Enable IPv4 in its network settings',
        );
      const gateway = computeAddress(subnet, 1);
      try {
        const { id } = await this.#docker.createNetwork({
          ...common,
          IPAM: { Driver: 'default', Config: [{ Subnet: subnet, Gateway: gateway }] },
        });
        return { id, subnet, gateway };
      } catch (error) {
        // Another process may have taken it since.
        if (attempt === ATTEMPTS_MAX || getResponseStatus(error) !== FORBIDDEN) throw error;
      }
    }
  }
}

/** Returns the address with that number in a subnet in CIDR notation. */
export function computeAddress(subnet: string, number: number): string {
  const [base = ''] = subnet.split('/');
  const value = base.split('.').reduce((sum, part) => sum * 256 + Number(part), 0) + number;
  return [24, 16, 8, 0].map((shift) => Math.floor(value / 2 ** shift) % 256).join('.');
}
