/**
 * The containers that hold the volumes of pods. No process of the pod can end one, because no container of the pod shares
 * its PID namespace: if it exits before jest-kubelet ends it, the engine was stopped or restarted, or a user of the engine
 * ended it, so the pod's behavior since then shows nothing about its app.
 */
export class KeptContainers {
  readonly #ids = new Set<string>();

  /** Adds a container, before it is started. */
  keep(id: string): void {
    this.#ids.add(id);
  }

  /** Removes a container, before it is ended. Returns false if it need not run any longer. */
  release(id: string): boolean {
    return this.#ids.delete(id);
  }

  releaseAll(): void {
    this.#ids.clear();
  }

  /** The ids of the containers that must run now. */
  get all(): readonly string[] {
    return [...this.#ids];
  }
}
