import type { Inbox } from '../driver/inbox';

/** The message of a connection that nothing accepts. Source: Go syscall `ECONNREFUSED`. */
const REFUSED = /connection refused/;

/**
 * Returns the addresses that processes listen at in the network of a container's pod, or undefined if the container
 * does not run.
 */
export type LookForListeners = (container: string) => Promise<readonly string[] | undefined>;

/**
 * The listeners of a pod, looked up whenever one of its probes is refused and recorded if they have changed. The result
 * of the probe does not wait for that.
 */
export class ListenerSamples {
  readonly #look: LookForListeners;
  readonly #inbox: Pick<Inbox, 'now' | 'note'>;
  readonly #seen = new Map<string, string>();
  readonly #looking = new Set<string>();

  constructor(look: LookForListeners, inbox: Pick<Inbox, 'now' | 'note'>) {
    this.#look = look;
    this.#inbox = inbox;
  }

  onProbe(container: string, output: string): void {
    if (!REFUSED.test(output) || this.#looking.has(container)) return;
    this.#looking.add(container);
    void this.#lookAt(container).finally(() => this.#looking.delete(container));
  }

  async #lookAt(container: string): Promise<void> {
    // An engine that does not permit the lookup says nothing about the app.
    const addresses = await this.#look(container).catch(() => undefined);
    const text = addresses?.join();
    if (!addresses || text === undefined || this.#seen.get(container) === text) return;
    this.#seen.set(container, text);
    this.#inbox.note({ source: 'runtime', kind: 'ListenersSeen', at: this.#inbox.now(), container, addresses });
  }
}
