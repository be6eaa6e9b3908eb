import type { Command } from '../../kubelet';
import type { Container, Pod } from '../../manifest/model';
import { containersOf } from '../../manifest/model';
import type { Event, EventOf } from '../../timeline/event';

/** What has no probe that says so is taken to be up after so long. */
const SETTLED_AFTER_MS = 2_000;
/** What has not ended so long after its stop signal may never do so; a grace is at least four times that. */
const STOPS_WITHIN_MS = 500;

type SampledProcesses = Omit<EventOf<'ProcessesSeen'>, 'source' | 'kind' | 'at' | 'signalled'>;

/** What an instance's processes are now; undefined where that cannot be told, or there are none any more. */
export type ReadProcesses = (id: string) => Promise<SampledProcesses | undefined>;

/**
 * Looks at the processes of each instance of a container twice: once it is up, and when it is still there a while after
 * its stop signal. What it sees it tells for the record, and it disturbs nothing.
 */
export class ProcessSamples {
  readonly #containers: readonly Container[];
  readonly #look: ReadProcesses;
  readonly #tell: (seen: SampledProcesses & { readonly signalled: boolean }) => void;
  readonly #isUp = new Set<string>();
  readonly #timers = new Set<NodeJS.Timeout>();

  constructor(
    { spec }: Pod,
    look: ReadProcesses,
    tell: (seen: SampledProcesses & { readonly signalled: boolean }) => void,
  ) {
    this.#containers = containersOf(spec);
    this.#look = look;
    this.#tell = tell;
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
    const seen = await this.#look(id);
    if (seen) this.#tell({ ...seen, signalled });
  }

  #later(delayMs: number, act: () => Promise<void>): void {
    const timer = setTimeout(() => {
      this.#timers.delete(timer);
      void act();
    }, delayMs);
    this.#timers.add(timer);
  }
}
