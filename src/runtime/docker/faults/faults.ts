import type { Container } from '../../../manifest/model';
import { RuntimeError } from '../../runtimeError';
import type { Instances } from '../containers/instances';
import { engineLimits, type Limits } from '../containers/limits';
import { messageOf, responseStatusOf } from '../engine/engineError';
import { toggleLink } from '../helper/toggleLink';
import type { Run } from '../run';
import type { PodSandbox } from '../sandbox/podSandbox';
import { freeze, thaw } from './freeze';

/** What a test does to the containers and the network of a pod, behind the kubelet's back. */
export class Faults {
  readonly #run: Run;
  readonly #instances: Instances;
  readonly #sandbox: PodSandbox;
  /** The ids of the instances that are frozen. */
  readonly #frozen = new Set<string>();
  readonly #limits = new Map<string, Limits>();
  /** Of them what each container was created with last. */
  readonly #given = new Map<string, Limits | undefined>();

  constructor(run: Run, instances: Instances, sandbox: PodSandbox) {
    this.#run = run;
    this.#instances = instances;
    this.#sandbox = sandbox;
  }

  /** Stops every process of a container; the next instance is not frozen. */
  async freeze(container: string): Promise<void> {
    const id = this.#running(container);
    await freeze(this.#run, id);
    this.#frozen.add(id);
  }

  /** True for an instance that is frozen. */
  isFrozen(id: string): boolean {
    return this.#frozen.has(id);
  }

  /** The containers that run. */
  get running(): readonly string[] {
    return this.#instances.allRunning();
  }

  async thaw(container: string): Promise<void> {
    const id = this.#running(container);
    this.#frozen.delete(id);
    await thaw(this.#run, id);
  }

  /** Limits a container, and every later instance of it, beside what is limited already. */
  async limit(container: string, limits: Limits): Promise<void> {
    const id = this.#instances.running(container)?.id;
    try {
      if (id !== undefined) await this.#run.engine.docker.getContainer(id).update(engineLimits(limits));
    } catch (cause) {
      // Podman 4.3 has no such request.
      const isUnknown = this.#run.engine.kind === 'Podman' && responseStatusOf(cause) === 404;
      const wrong = isUnknown ? 'this Podman cannot do that to a container that runs' : messageOf(cause);
      throw new RuntimeError(`container ${container}`, `cannot be limited: ${wrong}`, { cause });
    }
    this.#limits.set(container, { ...this.#limits.get(container), ...limits });
  }

  /** The container as its next instance is created: with the limits the test has set. */
  limited(container: Container): Container {
    const limits = this.#limits.get(container.name);
    this.#given.set(container.name, limits);
    if (!limits) return container;
    const { resources } = container;
    return { ...container, resources: { ...resources, limits: { ...resources?.limits, ...limits } } };
  }

  /** The instance runs: what the test has set while it was being created is made up for. One that has ended needs nothing. */
  async started(container: string): Promise<void> {
    const limits = this.#limits.get(container);
    if (limits && limits !== this.#given.get(container)) await this.limit(container, limits).catch(() => {});
  }

  /** Cuts the pod's network off from all others; its IP stays. */
  async disconnect(): Promise<void> {
    if (this.#sandbox.hasNetworkOfHost)
      throw new RuntimeError('pod sandbox', 'has the network of the machine: it cannot be cut');
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
    throw new RuntimeError(`container ${container}`, 'is not running, there is nothing to freeze or thaw');
  }
}
