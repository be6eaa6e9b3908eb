import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const CARETAKER = fileURLToPath(new URL('caretaker.mjs', import.meta.url));

/**
 * The folder that an engine runs in. A process of its own removes the folder and all that the engine owns beside it,
 * however this process ends.
 */
export class Place {
  folder = mkdtempSync('/var/tmp/jest-kubelet-engine-');
  #caretaker = fork(CARETAKER, { detached: true, execArgv: [], stdio: 'ignore' });

  constructor() {
    this.#caretaker.unref();
    this.#caretaker.channel?.unref();
    this.owns({ folder: this.folder });
  }

  /** Adds a thing to remove at the end: a process by its `pid`, a `folder`, a network `link`, or a `cgroup` by its name. */
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
