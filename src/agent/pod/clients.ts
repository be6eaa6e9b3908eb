import type { ConnectInside } from '../../probes/ports';
import type { Backend } from '../../timeline/backend';
import type { Event } from '../../timeline/event';
import { EndpointFollower } from '../../timeline/history/endpoints';
import { Client } from '../../traffic/client';
import type { RequestsOrder } from '../../traffic/order';
import { sendRequest } from '../../traffic/sendRequest';
import type { Inbox } from '../driver/inbox';

/** The clients of one pod. They find it by its endpoint, at the IP of its sandbox. */
export class Clients {
  /** Used if this machine cannot reach the pod. */
  readonly #connectInside: ConnectInside;
  readonly #inbox: Inbox;
  readonly #endpoint: EndpointFollower;
  readonly #clients = new Map<number, Client>();
  #podIP = '';

  constructor(backend: Backend, connectInside: ConnectInside, inbox: Inbox) {
    this.#connectInside = connectInside;
    this.#inbox = inbox;
    this.#endpoint = new EndpointFollower(backend);
  }

  onEvents(events: readonly Event[]): void {
    for (const event of events) {
      if (event.kind === 'SandboxStarted') this.#podIP = event.podIP;
      if (event.kind === 'PodRemoved') for (const client of this.#clients.values()) client.onPodGone();
      const change = this.#endpoint.follow(event);
      if (!change || change.before?.ready === change.endpoint?.ready) continue;
      for (const client of this.#clients.values()) client.follow(change.endpoint?.ready ?? false, event.at);
    }
  }

  /** Starts another client. Returns the number that names it. */
  start(order: RequestsOrder, detail: string): number {
    this.#inbox.record({ action: 'requests', detail });
    const connectInside = this.#connectInside;
    const client = new Client(order, {
      now: () => this.#inbox.now(),
      tell: (event) => this.#inbox.note(event),
      occupy: () => this.#inbox.occupy(),
      ask: (signal, onBegin) => sendRequest(this.#podIP, order, { signal, onBegin, connectInside }),
    });
    const name = this.#clients.size;
    this.#clients.set(name, client);
    client.follow(this.#endpoint.endpoint?.ready ?? false, this.#inbox.now());
    return name;
  }

  /** Resolves once all requests of the client are recorded. */
  async stop(name: number): Promise<void> {
    await this.#clients.get(name)?.stop();
  }

  /** Ends all clients immediately. Nothing more is recorded. */
  abandon(): void {
    for (const client of this.#clients.values()) client.abandon();
  }
}
