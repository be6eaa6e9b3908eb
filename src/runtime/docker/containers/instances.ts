import type { Container } from '../../../manifest/model';

/** One instance of a container on the engine. */
export interface EngineContainer {
  readonly id: string;
  /** As it was when the instance was created. */
  readonly container: Container;
  /** The manifest's, the image's, or SIGTERM. */
  readonly stopSignal: string;
  /** How often the container had been restarted. */
  readonly attempt: number;
  state: 'created' | 'running' | 'exited';
}

/** The instances a pod's containers have had, newest first, as far as they are still on the engine. */
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

  /** The containers that run. */
  allRunning(): readonly string[] {
    return this.#all.filter(({ state }) => state === 'running').map(({ container }) => container.name);
  }

  running(container: string): EngineContainer | undefined {
    return this.#of(container).find(({ state }) => state === 'running');
  }

  /** The newest instance that has been started, or the one before it. */
  started(container: string, { previous = false } = {}): EngineContainer | undefined {
    return this.#of(container).filter(({ state }) => state !== 'created')[previous ? 1 : 0];
  }

  #of(container: string): readonly EngineContainer[] {
    return this.#all.filter((instance) => instance.container.name === container);
  }
}
