import type { Limits } from '../../runtime/docker/containers/limits';
import type { DockerRuntime } from '../../runtime/docker/dockerRuntime';
import type { ServiceFault, ServiceHandle } from '../../runtime/docker/services/service';
import { RuntimeError } from '../../runtime/runtimeError';
import type { ContainerProcess } from '../../timeline/event';
import type { Driver } from '../driver/driver';
import type { Inbox } from '../driver/inbox';
import type { ExecOutcome } from '../ipc/messages';
import type { PodServices } from './podServices';
import type { ReadProcesses } from './processSamples';
import type { Waiters } from './waiters';

/** The size limit of a command's output, because the test receives it in one message. */
const EXEC_OUTPUT_MAX_BYTES = 4 * 1024 * 1024;

/** The parts of the pod that actions use. */
export interface ActedOn {
  readonly inbox: Inbox;
  readonly driver: Driver;
  readonly runtime: DockerRuntime;
  readonly services: PodServices;
  readonly processes: ReadProcesses;
  readonly waiters: Waiters;
}

/** Actions of a test on a pod that its kubelet does not know of. Each fault is recorded before it is injected. */
export class Actions {
  readonly #on: ActedOn;

  constructor(on: ActedOn) {
    this.#on = on;
  }

  async exec(container: string, argv: readonly string[]): Promise<ExecOutcome> {
    const id = await this.#on.waiters.until(`container ${container}`, 'is not running', () =>
      this.#on.runtime.running(container),
    );
    this.#on.inbox.record({ action: 'exec', container, detail: argv.join(' ') });
    const options = { limitBytes: EXEC_OUTPUT_MAX_BYTES };
    const result = await this.#during(() => this.#on.runtime.execInContainer(id, argv, options));
    if (result.kind === 'Exited') return { exitCode: result.exitCode, output: result.output };
    const why = result.kind === 'CouldNotRun' ? result.message : 'it was killed';
    throw new RuntimeError(`container ${container}`, `could not run ${argv.join(' ')}: ${why}`);
  }

  async kill(container: string, signal: string): Promise<void> {
    this.#on.inbox.record({ action: 'kill', container, detail: signal });
    const id = this.#on.runtime.running(container);
    await this.#on.runtime.signal(container, signal);
    // Only SIGKILL is sure to end the container.
    if (id === undefined || signal !== 'SIGKILL') return;
    await this.#on.waiters.until(
      `container ${container}`,
      'has not exited',
      () => this.#on.driver.hasExited(id) || undefined,
    );
  }

  async freeze(container: string): Promise<void> {
    this.#on.inbox.record({ action: 'freeze', container });
    await this.#during(() => this.#on.runtime.faults.freeze(container));
  }

  async thaw(container: string): Promise<void> {
    this.#on.inbox.record({ action: 'thaw', container });
    await this.#during(() => this.#on.runtime.faults.thaw(container));
  }

  async limit(container: string, limits: Limits): Promise<void> {
    const detail = Object.entries(limits).map(([resource, most]) => `${resource} ${most}`);
    this.#on.inbox.record({ action: 'limit', container, detail: detail.join(', ') });
    await this.#during(() => this.#on.runtime.faults.limit(container, limits));
  }

  note(detail: string): void {
    this.#on.inbox.record({ action: 'note', detail });
  }

  async disconnect(): Promise<void> {
    await this.#sandbox();
    this.#on.inbox.record({ action: 'disconnect' });
    await this.#during(() => this.#on.runtime.faults.disconnect());
  }

  async reconnect(): Promise<void> {
    await this.#sandbox();
    this.#on.inbox.record({ action: 'reconnect' });
    await this.#during(() => this.#on.runtime.faults.reconnect());
  }

  /** Injects a fault into a service that the pod uses. */
  async afflict(service: string, fault: ServiceFault): Promise<void> {
    this.#on.inbox.record({ action: fault, service });
    await this.#during(() => this.#on.services.afflict(service, fault));
  }

  /** Returns the pod as a service that another pod uses. */
  asService(): ServiceHandle {
    const each = (fault: 'freeze' | 'thaw') => async () => {
      await Promise.all(this.#on.runtime.faults.running.map((container) => this[fault](container)));
    };
    return {
      // The pod that waits already counts this one among the pods that are starting.
      isStarting: false,
      join: async () => {
        await this.#sandbox();
        return this.#on.runtime.podIP;
      },
      freeze: each('freeze'),
      thaw: each('thaw'),
      disconnect: () => this.disconnect(),
      reconnect: () => this.reconnect(),
      containerIds: () =>
        this.#on.runtime.faults.running.flatMap((container) => this.#on.runtime.running(container) ?? []),
      leave: async () => {},
    };
  }

  async workingSet(container: string): Promise<number | null> {
    return (await this.#on.runtime.workingSet(container)) ?? null;
  }

  async processes(container: string): Promise<readonly ContainerProcess[]> {
    const id = await this.#on.waiters.until(`container ${container}`, 'is not running', () =>
      this.#on.runtime.running(container),
    );
    const seen = await this.#on.processes(id);
    if (seen) return seen.processes;
    throw new RuntimeError(`container ${container}`, 'is not running, so it has no processes. Wait until it runs');
  }

  async logs(container: string, previous: boolean): Promise<string> {
    const logs = await this.#on.runtime.logs(container, { previous });
    if (logs !== undefined || !previous) return logs ?? '';
    throw new RuntimeError(
      `container ${container}`,
      'has no previous instance, because it has not restarted. Read its current log',
    );
  }

  async addressOf(port: number): Promise<string> {
    await this.#sandbox();
    const address = await this.#on.runtime.addressOf(port);
    if (address === undefined)
      throw new RuntimeError(`port ${port}`, 'no container of the pod lists it. Add it to the ports of a container');
    return address;
  }

  delete(gracePeriodSeconds: number | undefined): void {
    const given = gracePeriodSeconds === undefined ? {} : { gracePeriodSeconds };
    this.#on.inbox.record({ action: 'delete' });
    this.#on.inbox.observe({ kind: 'DeleteRequested', ...given });
  }

  /** Runs an action. No time is skipped until it has finished. */
  async #during<T>(act: () => Promise<T>): Promise<T> {
    const release = this.#on.inbox.occupy();
    try {
      return await act();
    } finally {
      release();
    }
  }

  /** Resolves once the pod has its network. */
  async #sandbox(): Promise<void> {
    await this.#on.waiters.until('pod sandbox', 'is not running', () => this.#on.runtime.hasSandbox || undefined);
  }
}
