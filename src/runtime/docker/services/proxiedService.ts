import { RuntimeError } from '../../runtimeError';
import type { CreateOptions } from '../engine/docker';
import { unlessGone } from '../engine/remove';
import { OWN_CONTAINER, OWN_USER } from '../helper/ownContainer';
import type { Run } from '../run';
import { type Address, AddressService } from './addressService';
import { ContainerService } from './containerService';
import type { ServiceHandle } from './service';
import type { ServiceNetwork } from './serviceNetwork';

/** The name under which `/forward` looks the server up. */
const TARGET = 'target.jest-kubelet';

/**
 * A server at an address, with a TCP proxy before it if the pod would reach it directly, because no fault can be
 * injected into the server itself. The proxy is a container, so a frozen one accepts connections and responds to none.
 */
export class ProxiedService implements ServiceHandle {
  readonly isStarting = false;
  readonly #run: Run;
  readonly #network: ServiceNetwork;
  readonly #address: Address;
  readonly #direct: AddressService;
  #proxy: { readonly id: string; readonly service: ContainerService } | undefined;

  constructor(run: Run, network: ServiceNetwork, address: Address) {
    this.#run = run;
    this.#network = network;
    this.#address = address;
    this.#direct = new AddressService(network, address, run.engine.host);
  }

  async join(): Promise<string> {
    const ip = await this.#direct.join();
    return this.#direct.isForwarded ? ip : this.#startProxy(ip);
  }

  admit(address: string): void {
    this.#direct.admit(address);
  }

  containerIds(): readonly string[] {
    return this.#proxy ? [this.#proxy.id] : [];
  }

  freeze(): Promise<void> {
    return this.#faulty.freeze();
  }

  thaw(): Promise<void> {
    return this.#faulty.thaw();
  }

  disconnect(): Promise<void> {
    return this.#faulty.disconnect();
  }

  reconnect(): Promise<void> {
    return this.#faulty.reconnect();
  }

  async leave(): Promise<void> {
    await this.#direct.leave();
    const { id, service } = this.#proxy ?? {};
    if (id === undefined) return;
    await service?.leave();
    await unlessGone(this.#run.engine.docker.getContainer(id).remove({ force: true, v: true }));
  }

  get #faulty(): ServiceHandle {
    return this.#proxy?.service ?? this.#direct;
  }

  async #startProxy(ip: string): Promise<string> {
    const { docker } = this.#run.engine;
    const container = await docker.createContainer(this.#options(ip));
    const service = new ContainerService(this.#run, this.#network, container.id, () => {});
    this.#proxy = { id: container.id, service };
    await container.start();
    const address = await service.join();
    // The proxy exits immediately if it cannot listen.
    if ((await container.inspect()).State.Running) return address;
    const { host, port } = this.#address;
    throw new RuntimeError(
      `${host}:${port}`,
      `the proxy for it does not run on this engine, because ${ip} is not an IPv4 address`,
    );
  }

  #options(ip: string): CreateOptions {
    const { pauseImage, labels } = this.#run;
    return {
      Image: pauseImage,
      Labels: { ...labels },
      Entrypoint: ['/forward'],
      Cmd: [String(this.#address.port)],
      User: OWN_USER,
      HostConfig: {
        ...OWN_CONTAINER,
        ExtraHosts: [`${TARGET}:${ip}`],
        // The server's port may be one that only root may listen at.
        Sysctls: { 'net.ipv4.ip_unprivileged_port_start': '0' },
      },
    };
  }
}
