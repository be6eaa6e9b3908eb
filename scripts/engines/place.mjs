import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const CARETAKER = fileURLToPath(new URL('caretaker.mjs', import.meta.url));

/**
 * The folder of an engine. A separate process removes the folder and everything else of the engine, even if this
 * process is killed.
 */
export class Place {
  folder = mkdtempSync('/var/tmp/jest-kubelet-engine-');
  #caretaker = fork(CARETAKER, { detached: true, execArgv: [], stdio: 'ignore' });

  constructor() {
    this.#caretaker.unref();
    this.#caretaker.channel?.unref();
    this.owns({ folder: this.folder });
  }

  /**
   * Adds an item to remove at the end: a process by its `pid`, a `folder`, a network `link`, or a `cgroup` by its name.
   */
  owns(thing) {
    this.#caretaker.send(thing);
  }

  /** Removes everything. */
  async remove() {
    if (!this.#caretaker.connected) return;
    this.#caretaker.ref();
    const removed = once(this.#caretaker, 'exit');
    this.#caretaker.disconnect();
    await removed;
  }
}
