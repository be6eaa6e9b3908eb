import type { Container } from '../../../manifest/model';
import { RuntimeError } from '../../runtimeError';
import type { Instances } from '../containers/instances';
import { engineLimits, type Limits } from '../containers/limits';
import { getEngineMessage, getResponseStatus } from '../engine/engineError';
import { toggleLink } from '../helper/toggleLink';
import type { Run } from '../run';
import type { PodSandbox } from '../sandbox/podSandbox';
import { freeze, thaw } from './freeze';

/** Faults that a test injects into the containers and the network of a pod. The kubelet does not know of them. */
export class Faults {
  readonly #run: Run;
  readonly #instances: Instances;
  readonly #sandbox: PodSandbox;
  /** The ids of the frozen instances. */
  readonly #frozen = new Set<string>();
  readonly #limits = new Map<string, Limits>();
  /** The limits with which each container was created last. */
  readonly #given = new Map<string, Limits | undefined>();

  constructor(run: Run, instances: Instances, sandbox: PodSandbox) {
    this.#run = run;
    this.#instances = instances;
    this.#sandbox = sandbox;
  }

  /** Stops every process of a container. The next instance is not frozen. */
  async freeze(container: string): Promise<void> {
    const id = this.#running(container);
    await freeze(this.#run, id);
    this.#frozen.add(id);
  }

  /** Returns true if an instance is frozen. */
  isFrozen(id: string): boolean {
    return this.#frozen.has(id);
  }

  /** The names of the running containers. */
  get running(): readonly string[] {
    return this.#instances.allRunning();
  }

  async thaw(container: string): Promise<void> {
    const id = this.#running(container);
    this.#frozen.delete(id);
    await thaw(this.#run, id);
  }

  /** Limits a container and every later instance of it. Earlier limits of other resources stay. */
  async limit(container: string, limits: Limits): Promise<void> {
    const id = this.#instances.running(container)?.id;
    try {
      if (id !== undefined) await this.#run.engine.docker.getContainer(id).update(engineLimits(limits));
    } catch (cause) {
      // Podman 4.3 has no such request.
      const isUnknown = this.#run.engine.kind === 'Podman' && getResponseStatus(cause) === 404;
      const wrong = isUnknown ? 'this version of Podman cannot limit a running container' : getEngineMessage(cause);
      throw new RuntimeError(`container ${container}`, `failed to set its limits: ${wrong}`, { cause });
    }
    this.#limits.set(container, { ...this.#limits.get(container), ...limits });
  }

  /** Returns the container with the limits that the test has set, for its next instance. */
  applyLimits(container: Container): Container {
    const limits = this.#limits.get(container.name);
    this.#given.set(container.name, limits);
    if (!limits) return container;
    const { resources } = container;
    return { ...container, resources: { ...resources, limits: { ...resources?.limits, ...limits } } };
  }

  /**
   * Applies limits that the test has set while an instance was being created. An instance that has exited needs none.
   */
  async restoreLimits(container: string): Promise<void> {
    const limits = this.#limits.get(container);
    if (limits && limits !== this.#given.get(container)) await this.limit(container, limits).catch(() => {});
  }

  /** Disconnects the pod's network from all others. The pod keeps its IP. */
  async disconnect(): Promise<void> {
    if (this.#sandbox.hasNetworkOfHost)
      throw new RuntimeError(
        'pod sandbox',
        'uses the network of the machine, so it cannot be disconnected. Remove hostNetwork from the pod',
      );
    if (this.#sandbox.isCut) return;
    await toggleLink(this.#run, this.#sandbox.id);
    this.#sandbox.isCut = true;
  }

  async reconnect(): Promise<void> {
    if (!this.#sandbox.isCut) return;
    await toggleLink(this.#run, this.#sandbox.id);
    this.#sandbox.isCut = false;
  }

  #running(container: string): string {
    const instance = this.#instances.running(container);
    if (instance) return instance.id;
    throw new RuntimeError(
      `container ${container}`,
      'is not running. Only a running container can be frozen or thawed',
    );
  }
}
