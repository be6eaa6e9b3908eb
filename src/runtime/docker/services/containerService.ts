import type { Readable } from 'node:stream';
import { RuntimeError } from '../../runtimeError';
import { isGone } from '../engine/engineError';
import { freeze, thaw } from '../faults/freeze';
import type { Run } from '../run';
import type { ServiceHandle } from './service';
import type { ServiceNetwork } from './serviceNetwork';

interface ServiceEvent {
  readonly Action: string;
}

/**
 * A container that was not started by jest-kubelet, usually a database. It gets an address on the network that it
 * shares with the pods, and keeps it when it restarts.
 */
export class ContainerService implements ServiceHandle {
  readonly #run: Run;
  readonly #network: ServiceNetwork;
  readonly #id: string;
  readonly #onProgress: () => void;
  #address = '';
  #events: Readable | undefined;
  #hasLeft = false;
  #isStarting = false;
  #isFrozen = false;
  #isCut = false;

  constructor(run: Run, network: ServiceNetwork, id: string, onProgress: () => void) {
    this.#run = run;
    this.#network = network;
    this.#id = id;
    this.#onProgress = onProgress;
  }

  get isStarting(): boolean {
    return this.#isStarting;
  }

  containerIds(): readonly string[] {
    return [this.#id];
  }

  async join(): Promise<string> {
    await this.#watch();
    this.#address = await this.#network.newAddress();
    await this.#network.connect(this.#id, this.#address);
    return this.#address;
  }

  async freeze(): Promise<void> {
    await freeze(this.#run, this.#id);
    this.#isFrozen = true;
  }

  async thaw(): Promise<void> {
    await thaw(this.#run, this.#id);
    this.#isFrozen = false;
  }

  /** Disconnects the container only from the pods, and not from its other clients. */
  async disconnect(): Promise<void> {
    if (this.#isCut) return;
    await this.#network.disconnect(this.#id);
    this.#isCut = true;
  }

  async reconnect(): Promise<void> {
    if (!this.#isCut) return;
    await this.#network.connect(this.#id, this.#address);
    this.#isCut = false;
  }

  async leave(): Promise<void> {
    this.#hasLeft = true;
    this.#events?.destroy();
    if (this.#isFrozen) await this.thaw();
    await this.#network.disconnect(this.#id);
  }

  /** Follows the health check of the container, if it has one. */
  async #watch(): Promise<void> {
    const status = await this.#health();
    if (!status || status === 'none') return;
    this.#isStarting = status === 'starting';
    // Some engines respond only with the first event.
    void this.#follow().catch(() => {});
  }

  async #health(): Promise<string | undefined> {
    try {
      return (await this.#run.engine.docker.getContainer(this.#id).inspect()).State.Health?.Status;
    } catch (cause) {
      if (!isGone(cause)) throw cause;
      throw new RuntimeError(
        `container ${this.#id.slice(0, 12)}`,
        'is not on this engine. Pass a container that runs on it',
        { cause },
      );
    }
  }

  async #follow(): Promise<void> {
    const filters = { container: [this.#id], event: ['start', 'die', 'health_status'] };
    const events = (await this.#run.engine.docker.getEvents({ filters })) as Readable;
    if (this.#hasLeft) events.destroy();
    this.#events = events;
    for await (const chunk of events.setEncoding('utf8')) {
      for (const line of String(chunk).split('\n').filter(Boolean)) {
        this.#isStarting = (JSON.parse(line) as ServiceEvent).Action === 'start';
        this.#onProgress();
      }
    }
  }
}
