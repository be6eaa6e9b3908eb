import type { Run } from '../run';
import { type Address, AddressService } from './addressService';
import { ContainerService } from './containerService';
import { ProxiedService } from './proxiedService';
import type { ServiceHandle } from './service';
import { ServiceNetwork } from './serviceNetwork';

interface Shared {
  readonly service: ServiceHandle;
  joined: Promise<string> | undefined;
  users: number;
}

/** The services of the pods of a run. Pods that are given the same service share it, with its faults. */
export class ServicesOfRun {
  readonly network: ServiceNetwork;
  readonly #run: Run;
  readonly #onProgress: () => void;
  readonly #shared = new Map<string, Shared>();

  /** `onProgress` is called when a service has started. */
  constructor(run: Run, onProgress: () => void) {
    this.#run = run;
    this.#onProgress = onProgress;
    this.network = new ServiceNetwork(run.engine.docker, run.id, run.labels);
  }

  container(id: string): ServiceHandle {
    return this.#share(id, () => new ContainerService(this.#run, this.network, id, this.#onProgress));
  }

  /** Returns the service at an address. If `isProxied` is set, faults can be injected wherever the server runs. */
  address(address: Address, isProxied = false): ServiceHandle {
    const key = `${address.host}:${address.port}`;
    if (isProxied) return this.#share(`${key} proxied`, () => new ProxiedService(this.#run, this.network, address));
    return this.#share(key, () => new AddressService(this.network, address, this.#run.engine.host));
  }

  #share(key: string, make: () => ServiceHandle): ServiceHandle {
    const shared = this.#shared.get(key) ?? { service: make(), users: 0, joined: undefined };
    shared.users += 1;
    this.#shared.set(key, shared);
    const { service } = shared;
    return {
      get isStarting() {
        return service.isStarting;
      },
      join: () => {
        shared.joined ??= service.join();
        return shared.joined;
      },
      admit: (address) => service.admit?.(address),
      freeze: () => service.freeze(),
      thaw: () => service.thaw(),
      disconnect: () => service.disconnect(),
      reconnect: () => service.reconnect(),
      containerIds: () => service.containerIds?.() ?? [],
      leave: () => this.#leave(key, shared),
    };
  }

  async #leave(key: string, shared: Shared): Promise<void> {
    shared.users -= 1;
    if (shared.users > 0) return;
    this.#shared.delete(key);
    await shared.service.leave();
  }
}
