import { lookup } from 'node:dns/promises';
import { RuntimeError } from '../../runtimeError';
import { getEngineMessage } from '../engine/engineError';
import { Forwarder, isListening } from './forwarder';
import type { ServiceHandle } from './service';
import type { ServiceNetwork } from './serviceNetwork';

const LOOPBACK = /^(localhost|127\.\d+\.\d+\.\d+|::1)$/;
/** For engines such as Docker Desktop, whose own machine is not this one. */
const HOST_GATEWAY = 'host-gateway';

export interface Address {
  readonly host: string;
  readonly port: number;
}

/**
 * A server that is known by its address. Pods reach a server of this machine directly if it listens on all addresses,
 * and through a forwarder if it listens only on loopback; a container on any network of the engine can send to this
 * machine's addresses, so the forwarder admits only the pods that were given the service.
 */
export class AddressService implements ServiceHandle {
  readonly isStarting = false;
  readonly #network: ServiceNetwork;
  readonly #address: Address;
  /** The host of the engine's published ports. */
  readonly #engineHost: string;
  readonly #admitted = new Set<string>();
  #forwarder: Forwarder | undefined;

  constructor(network: ServiceNetwork, address: Address, engineHost: string) {
    this.#network = network;
    this.#address = address;
    this.#engineHost = engineHost;
  }

  /** True if the pod reaches it through a forwarder of this process. */
  get isForwarded(): boolean {
    return this.#forwarder !== undefined;
  }

  async join(): Promise<string> {
    const { host } = this.#address;
    return LOOPBACK.test(host) ? this.#addressOfThisMachine() : addressOf(host);
  }

  admit(address: string): void {
    this.#admitted.add(address);
  }

  async freeze(): Promise<void> {
    this.#between('frozen').isHeld = true;
  }

  async thaw(): Promise<void> {
    this.#between('thawed').isHeld = false;
  }

  /** Refuses new connections. Open connections stay open without data. */
  async disconnect(): Promise<void> {
    const forwarder = this.#between('disconnected');
    forwarder.refuse();
    forwarder.isHeld = true;
  }

  async reconnect(): Promise<void> {
    const forwarder = this.#between('reconnected');
    await forwarder.accept();
    forwarder.isHeld = false;
  }

  async leave(): Promise<void> {
    this.#forwarder?.close();
  }

  async #addressOfThisMachine(): Promise<string> {
    const gateway = await this.#network.gateway();
    try {
      this.#forwarder = await Forwarder.listen(gateway, this.#address, (client) => this.#admitted.has(client));
    } catch (error) {
      return this.#withoutForwarder(gateway, error);
    }
    if (await isListening(this.#address)) return gateway;
    // The server may start later, and needs the port on all addresses then.
    this.#forwarder.close();
    this.#forwarder = undefined;
    return gateway;
  }

  #withoutForwarder(gateway: string, error: unknown): string {
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    // The server itself listens there, on all addresses.
    if (code === 'EADDRINUSE') return gateway;
    if (code === 'EADDRNOTAVAIL' && this.#engineHost === 'localhost') return HOST_GATEWAY;
    const { host, port } = this.#address;
    const wrong = `is not reachable from ${this.#engineHost}, where the pods run (${getEngineMessage(error)}). Pass an address that the pods can reach`;
    throw new RuntimeError(`${host}:${port}`, wrong, { cause: error });
  }

  #between(done: string): Forwarder {
    if (this.#forwarder) return this.#forwarder;
    const { host, port } = this.#address;
    const why = 'the pod reaches it directly, and it is not a container or pod';
    const right = LOOPBACK.test(host) ? `. Make it listen only on 127.0.0.1 before the pod runs` : '';
    throw new RuntimeError(`${host}:${port}`, `cannot be ${done}: ${why}${right}`);
  }
}

async function addressOf(host: string): Promise<string> {
  try {
    return (await lookup(host, { family: 4 })).address;
  } catch (cause) {
    throw new RuntimeError(host, 'has no IPv4 address that this machine can resolve', { cause });
  }
}
