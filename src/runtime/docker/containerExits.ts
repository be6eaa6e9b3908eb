import type { Container } from '../../manifest/model';
import type { KilledProcess } from '../../timeline/event';
import type { Emit } from '../containerRuntime';
import type { LogLine } from '../logLine';
import { RuntimeError } from '../runtimeError';
import { MAX_LOG_LINES, mayFallBackToLogs, terminationMessage } from '../terminationMessage';
import type { Exit } from './containers/exitWatch';
import type { Instances } from './containers/instances';
import type { Docker } from './engine/docker';
import { getEngineMessage } from './engine/engineError';
import { LogFollower } from './output/followLogs';
import { readOOMKill } from './output/kernelLog';
import { readLog } from './output/logs';

export interface ExitPorts {
  readonly docker: Docker;
  readonly instances: Instances;
  /** True if an OOM kill of any process ends its container, as with memory.oom.group. */
  readonly endsOnOOM: boolean;
  /** Resolves to the content of a container's termination log. */
  readonly readTerminationLog: (container: Container) => Promise<string>;
  readonly emit: Emit;
  readonly onWritten?: ((line: LogLine) => void) | undefined;
  readonly onBroken: (error: RuntimeError) => void;
}

/** The exits of a pod's containers, each reported after the last lines of the container. */
export class ContainerExits {
  readonly #ports: ExitPorts;
  /** Followers by running instance. */
  readonly #followers = new Map<string, LogFollower>();
  /** Instances with a process that the kernel killed. True if the other processes were killed because of that. */
  readonly #outOfMemoryEnds = new Map<string, Promise<boolean>>();

  constructor(ports: ExitPorts) {
    this.#ports = ports;
  }

  /** Follows the output of an instance that has started. */
  follow(id: string): void {
    const { docker, instances, onWritten } = this.#ports;
    const instance = instances.get(id);
    if (!instance || !onWritten) return;
    const { container, attempt } = instance;
    const follower = new LogFollower(docker, id, (stream, line) =>
      onWritten({ container: container.name, attempt, stream, ...line }),
    );
    this.#followers.set(id, follower);
  }

  onExit(id: string, exit: Exit): void {
    const { instances, onBroken } = this.#ports;
    instances.mark(id, 'exited');
    this.#report(id, exit).catch((cause: unknown) => {
      const wrong = `failed to report the exit of a container: ${getEngineMessage(cause)}. Check the engine's log`;
      onBroken(new RuntimeError('container engine', wrong, { cause }));
    });
  }

  /**
   * Handles the OOM kill of one process. On a node with memory.oom.group the kernel kills all others with it; here, a
   * kill of the main process makes the engine end them.
   */
  async onOutOfMemory(id: string): Promise<void> {
    const { docker, endsOnOOM, emit } = this.#ports;
    const container = docker.getContainer(id);
    if (endsOnOOM) {
      // It fails if the killed process was the main one.
      const killed = container.kill({ signal: 'SIGKILL' }).then(
        () => true,
        () => false,
      );
      this.#outOfMemoryEnds.set(id, killed);
      return;
    }
    const { State } = await container.inspect();
    if (State.Running) emit({ kind: 'ProcessOOMKilled', id, endsContainer: false, ...killedIn(id) });
  }

  async #report(id: string, { exitCode, wasOOMKilled }: Exit): Promise<void> {
    const { emit } = this.#ports;
    const follower = this.#followers.get(id);
    this.#followers.delete(id);
    const known = Promise.all([this.#terminationMessage(id, exitCode), wasOOMKilled()]);
    await follower?.finish(known);
    const [message, oomKilled] = await known;
    const rest = this.#outOfMemoryEnds.get(id);
    this.#outOfMemoryEnds.delete(id);
    const isOOM = oomKilled || rest !== undefined;
    const killed = isOOM ? killedIn(id) : undefined;
    const isOther = await rest;
    if (isOther) emit({ kind: 'ProcessOOMKilled', id, endsContainer: true, ...killed });
    const why = isOOM && { reason: 'OOMKilled', ...(killed && !isOther && { oomKilled: killed.process }) };
    emit({ kind: 'ContainerExited', id, exitCode, ...why, ...(message !== undefined && { message }) });
  }

  async #terminationMessage(id: string, exitCode: number): Promise<string | undefined> {
    const { docker, instances, readTerminationLog } = this.#ports;
    const container = instances.get(id)?.container;
    if (!container) return undefined;
    const file = await readTerminationLog(container);
    const wantsLog = file === '' && mayFallBackToLogs(container, exitCode);
    return terminationMessage(container, exitCode, file, wantsLog ? await readLog(docker, id, MAX_LOG_LINES) : '');
  }
}

function killedIn(id: string): { readonly process: KilledProcess } | undefined {
  const process = readOOMKill(id);
  return process && { process };
}
