import type { Container } from '../../../manifest/model';

/** An instance of a container on the engine. */
export interface EngineContainer {
  readonly id: string;
  /** The container's spec when the instance was created. */
  readonly container: Container;
  /** The signal of the manifest or of the image, or SIGTERM. */
  readonly stopSignal: string;
  /** The number of restarts before this instance. */
  readonly attempt: number;
  state: 'created' | 'running' | 'exited';
}

/** The instances of a pod's containers that still exist on the engine, newest first. */
export class Instances {
  #all: readonly EngineContainer[] = [];

  add(id: string, container: Container, stopSignal: string, attempt: number): void {
    this.#all = [{ id, container, stopSignal, attempt, state: 'created' }, ...this.#all];
  }

  get(id: string): EngineContainer | undefined {
    return this.#all.find((instance) => instance.id === id);
  }

  remove(id: string): void {
    this.#all = this.#all.filter((instance) => instance.id !== id);
  }

  mark(id: string, state: EngineContainer['state']): void {
    const instance = this.get(id);
    if (instance) instance.state = state;
  }

  /** Returns the names of the running containers. */
  allRunning(): readonly string[] {
    return this.#all.filter(({ state }) => state === 'running').map(({ container }) => container.name);
  }

  running(container: string): EngineContainer | undefined {
    return this.#of(container).find(({ state }) => state === 'running');
  }

  /** Returns the newest instance that was started, or the one before it. */
  findStarted(container: string, { previous = false } = {}): EngineContainer | undefined {
    return this.#of(container).filter(({ state }) => state !== 'created')[previous ? 1 : 0];
  }

  #of(container: string): readonly EngineContainer[] {
    return this.#all.filter((instance) => instance.container.name === container);
  }
}
