import type { Command } from '../../kubelet';
import type { Container, Pod } from '../../manifest/model';
import { containersOf } from '../../manifest/model';
import type { DockerRuntime } from '../../runtime/docker/dockerRuntime';
import type { Event, EventOf } from '../../timeline/event';
import type { Inbox } from '../driver/inbox';

/** A container without a probe that shows it is taken to be up after this time. */
const SETTLED_AFTER_MS = 2_000;
/**
 * A container that still runs this long after its stop signal may never exit. Its grace period is at least four times
 * as long.
 */
const STOPS_WITHIN_MS = 500;

type SampledProcesses = Omit<EventOf<'ProcessesSeen'>, 'source' | 'kind' | 'at' | 'signalled'>;

/** Returns the processes of an instance, or undefined if they are unknown or have exited. */
export type ReadProcesses = (id: string) => Promise<SampledProcesses | undefined>;

/** Returns a reader of a pod's processes. It hides Secrets, because a command line may contain one. */
export function processesWithoutSecrets(runtime: DockerRuntime, hide: (text: string) => string): ReadProcesses {
  return async (id) => {
    const seen = await runtime.processes(id);
    return seen && { ...seen, processes: seen.processes.map((one) => ({ ...one, args: hide(one.args) })) };
  };
}

/**
 * Samples of the processes of each instance of a container, which are recorded twice: once it is up, and if it still
 * runs a while after its stop signal. Reading them does not disturb the processes.
 */
export class ProcessSamples {
  readonly #containers: readonly Container[];
  readonly #look: ReadProcesses;
  readonly #inbox: Pick<Inbox, 'now' | 'note'>;
  readonly #isUp = new Set<string>();
  readonly #timers = new Set<NodeJS.Timeout>();

  constructor({ spec }: Pod, look: ReadProcesses, inbox: Pick<Inbox, 'now' | 'note'>) {
    this.#containers = containersOf(spec);
    this.#look = look;
    this.#inbox = inbox;
  }

  onEvents(events: readonly Event[]): void {
    for (const event of events) if (event.kind === 'StatusPublished') this.#onStatus(event);
  }

  onCommand(command: Command): void {
    if (command.kind !== 'SignalContainer' || command.signal !== 'stop') return;
    this.#later(STOPS_WITHIN_MS, () => this.#lookAt(command.id, true));
  }

  close(): void {
    for (const timer of this.#timers) clearTimeout(timer);
  }

  #onStatus({ status }: EventOf<'StatusPublished'>): void {
    for (const { name, ready, state, containerID } of [...status.initContainerStatuses, ...status.containerStatuses]) {
      if (!ready || !state.running || containerID === undefined || this.#isUp.has(containerID)) continue;
      this.#isUp.add(containerID);
      this.#later(this.#isProbed(name) ? 0 : SETTLED_AFTER_MS, () => this.#lookAt(containerID, false));
    }
  }

  #isProbed(name: string): boolean {
    const container = this.#containers.find((each) => each.name === name);
    return container?.readinessProbe !== undefined || container?.startupProbe !== undefined;
  }

  async #lookAt(id: string, signalled: boolean): Promise<void> {
    // An engine that does not permit the lookup says nothing about the app.
    const seen = await this.#look(id).catch(() => undefined);
    if (!seen) return;
    this.#inbox.note({ source: 'runtime', kind: 'ProcessesSeen', at: this.#inbox.now(), ...seen, signalled });
  }

  #later(delayMs: number, act: () => Promise<void>): void {
    const timer = setTimeout(() => {
      this.#timers.delete(timer);
      void act();
    }, delayMs);
    this.#timers.add(timer);
  }
}
