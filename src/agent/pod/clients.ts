import type { Instant } from '../../clock/instant';
import type { ConnectInside } from '../../probes/ports';
import type { Backend } from '../../timeline/backend';
import type { Event, RuntimeEvent } from '../../timeline/event';
import { EndpointFollower } from '../../timeline/history/endpoints';
import { Client } from '../../traffic/client';
import type { RequestsOrder } from '../../traffic/order';
import { sendRequest } from '../../traffic/sendRequest';

export interface ClientsSurroundings {
  readonly now: () => Instant;
  /** Where this machine does not reach the pod. */
  readonly connectInside: ConnectInside;
  /** Notes that the test has a client ask from now on. */
  readonly onStart: (detail: string) => void;
  readonly tell: (event: RuntimeEvent) => void;
  readonly occupy: () => () => void;
}

/** The clients that ask one pod: they find it by its endpoint, at the IP of its sandbox. */
export class Clients {
  readonly #around: ClientsSurroundings;
  readonly #endpoint: EndpointFollower;
  readonly #clients = new Map<number, Client>();
  #podIP = '';

  constructor(backend: Backend, around: ClientsSurroundings) {
    this.#around = around;
    this.#endpoint = new EndpointFollower(backend);
  }

  /** Takes note of what happened to the pod. */
  follow(events: readonly Event[]): void {
    for (const event of events) {
      if (event.kind === 'SandboxStarted') this.#podIP = event.podIP;
      if (event.kind === 'PodRemoved') for (const client of this.#clients.values()) client.onPodGone();
      const change = this.#endpoint.follow(event);
      if (!change || change.before?.ready === change.endpoint?.ready) continue;
      for (const client of this.#clients.values()) client.follow(change.endpoint?.ready ?? false, event.at);
    }
  }

  /** Has another client ask; returns what it is called. */
  start(order: RequestsOrder, detail: string): number {
    this.#around.onStart(detail);
    const { connectInside } = this.#around;
    const client = new Client(order, {
      ...this.#around,
      ask: (signal, onBegin) => sendRequest(this.#podIP, order, { signal, onBegin, connectInside }),
    });
    const name = this.#clients.size;
    this.#clients.set(name, client);
    client.follow(this.#endpoint.endpoint?.ready ?? false, this.#around.now());
    return name;
  }

  /** Resolves once all that the client has asked is on record. */
  async stop(name: number): Promise<void> {
    await this.#clients.get(name)?.stop();
  }

  /** Ends all of it at once; nothing is put on record any more. */
  abandon(): void {
    for (const client of this.#clients.values()) client.abandon();
  }
}
