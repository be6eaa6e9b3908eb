import { setTimeout as sleep } from 'node:timers/promises';

const MB = 1024 * 1024;
/** The address of a process that listens for an inspector after SIGUSR1. */
const INSPECTOR = 'http://127.0.0.1:9229/json';
const LISTENS_WITHIN_MS = 5_000;

/** A connection to another Node process that measures its heap after garbage collection. */
export class Heap {
  #socket;
  #calls = 0;
  #asked = new Map();

  /** Connects to a process, or returns undefined if another process is being inspected at this address. */
  static async of(pid) {
    process.kill(pid, 'SIGUSR1');
    for (const deadline = performance.now() + LISTENS_WITHIN_MS; performance.now() < deadline; await sleep(100)) {
      const heap = await Heap.#opened().catch(() => undefined);
      if (!heap) continue;
      if ((await heap.#evaluated('process.pid')) === pid) return heap;
      heap.close();
      return undefined;
    }
    return undefined;
  }

  static async #opened() {
    const [{ webSocketDebuggerUrl }] = await (await fetch(INSPECTOR)).json();
    const socket = new WebSocket(webSocketDebuggerUrl);
    await new Promise((resolve, reject) => {
      socket.addEventListener('open', resolve);
      socket.addEventListener('error', reject);
    });
    return new Heap(socket);
  }

  constructor(socket) {
    this.#socket = socket;
    socket.addEventListener('message', ({ data }) => {
      const { id, result } = JSON.parse(data);
      this.#asked.get(id)?.(result);
      this.#asked.delete(id);
    });
  }

  /** Returns the used heap in megabytes. */
  async measureUsed() {
    await this.#call('HeapProfiler.collectGarbage');
    return (await this.#evaluated('(({ heapUsed, external }) => heapUsed + external)(process.memoryUsage())')) / MB;
  }

  close() {
    this.#socket.close();
  }

  async #evaluated(expression) {
    return (await this.#call('Runtime.evaluate', { expression, returnByValue: true })).result.value;
  }

  #call(method, params = {}) {
    this.#calls += 1;
    const id = this.#calls;
    this.#socket.send(JSON.stringify({ id, method, params }));
    return new Promise((resolve) => this.#asked.set(id, resolve));
  }
}
