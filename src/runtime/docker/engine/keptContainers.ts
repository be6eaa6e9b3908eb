/**
 * The containers that hold the volumes of pods. Each runs until jest-kubelet ends it, and no process of a pod can: it has
 * a PID namespace that no container of the pod shares. If one exits before, the engine was stopped or restarted, or
 * somebody with access to it ended the container. What the pod did then says nothing about its app.
 */
export class KeptContainers {
  readonly #ids = new Set<string>();

  /** Call it before the container is started. */
  keep(id: string): void {
    this.#ids.add(id);
  }

  /** Call it before the container is ended. Returns false if it need not run any more. */
  release(id: string): boolean {
    return this.#ids.delete(id);
  }

  releaseAll(): void {
    this.#ids.clear();
  }

  /** The ids of those that are to run now. */
  get all(): readonly string[] {
    return [...this.#ids];
  }
}
