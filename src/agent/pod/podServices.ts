import type { ServiceFault, ServiceHandle } from '../../runtime/docker/services/service';
import type { ServicesOfRun } from '../../runtime/docker/services/servicesOfRun';
import { RuntimeError } from '../../runtime/runtimeError';
import type { ServiceAddress } from '../ipc/messages';

/** The services that one pod uses, by the names that it uses. All of them are reachable. */
export class PodServices {
  /** The entries of the pod's hosts file for them. */
  readonly hosts: Readonly<Record<string, string>>;
  readonly #services: Readonly<Record<string, ServiceHandle>>;
  readonly #network: ServicesOfRun['network'] | undefined;

  /**
   * Joins the services of a pod. `podNamed` finds the other pods.
   *
   * @throws RuntimeError if a service cannot be reached.
   */
  static async join(
    given: Readonly<Record<string, ServiceAddress>>,
    shared: ServicesOfRun,
    podNamed: (key: string) => ServiceHandle,
  ): Promise<PodServices> {
    const found = Object.entries(given).map(([name, address]) => [name, serviceAt(address, shared, podNamed)] as const);
    const answers = await Promise.allSettled(found.map(([name, service]) => about(name, service.join())));
    const failure = answers.find((answer) => answer.status === 'rejected');
    if (failure) {
      await Promise.allSettled(found.map(([, service]) => service.leave()));
      throw failure.reason;
    }
    const hosts = found.map(([name], index) => [name, (answers[index] as PromiseFulfilledResult<string>).value]);
    const meets = Object.values(given).some(({ kind }) => kind !== 'pod');
    return new PodServices(Object.fromEntries(found), Object.fromEntries(hosts), meets ? shared.network : undefined);
  }

  private constructor(
    services: Readonly<Record<string, ServiceHandle>>,
    hosts: Readonly<Record<string, string>>,
    network: ServicesOfRun['network'] | undefined,
  ) {
    this.#services = services;
    this.hosts = hosts;
    this.#network = network;
  }

  get isStarting(): boolean {
    return Object.values(this.#services).some(({ isStarting }) => isStarting);
  }

  /** The containers that the services run in, by id, and the names of the services. */
  get containers(): ReadonlyMap<string, string> {
    const all = Object.entries(this.#services);
    return new Map(all.flatMap(([name, service]) => (service.containerIds?.() ?? []).map((id) => [id, name] as const)));
  }

  /** Connects a sandbox to the services before it starts. Without an id, it admits the machine's own network. */
  async connect(sandboxId: string | undefined): Promise<void> {
    if (!this.#network) return;
    const address = sandboxId === undefined ? await this.#network.gateway() : await this.#network.newAddress();
    for (const service of Object.values(this.#services)) service.admit?.(address);
    if (sandboxId !== undefined) await this.#network.connect(sandboxId, address);
  }

  /** Injects a fault into one of the services. */
  async afflict(name: string, fault: ServiceFault): Promise<void> {
    const service = this.#services[name];
    if (!service) throw new Error(`the pod has no service ${name}`);
    await about(name, service[fault]());
  }

  async leave(): Promise<void> {
    await Promise.allSettled(Object.values(this.#services).map((service) => service.leave()));
  }
}

function serviceAt(
  address: ServiceAddress,
  shared: ServicesOfRun,
  podNamed: (key: string) => ServiceHandle,
): ServiceHandle {
  switch (address.kind) {
    case 'container':
      return shared.container(address.id);
    case 'address':
      return shared.address(address, address.isProxied);
    case 'pod':
      return podNamed(address.key);
  }
}

/** Adds the name that the test uses for the service to an error. */
async function about<T>(name: string, doing: Promise<T>): Promise<T> {
  try {
    return await doing;
  } catch (cause) {
    throw new RuntimeError(`service ${name}`, cause instanceof Error ? cause.message : String(cause), { cause });
  }
}
