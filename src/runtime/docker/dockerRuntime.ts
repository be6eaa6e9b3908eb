import type { FailedStart, Observation } from '../../kubelet/state/protocol';
import { makeEnvironmentVariables } from '../../manifest/config/environment';
import type { Container } from '../../manifest/model';
import type { ConnectInside, ExecInContainer } from '../../probes/ports';
import type { KilledProcess } from '../../timeline/event';
import type { ContainerRuntime, RuntimeCommand } from '../containerRuntime';
import { failedByConfig, failedByEngine } from '../failedStart';
import { verifyRunAsNonRoot } from '../runAsNonRoot';
import { RuntimeError } from '../runtimeError';
import { MAX_LOG_LINES, mayFallBackToLogs, terminationMessage } from '../terminationMessage';
import { containerOptions } from './containers/containerOptions';
import { execThrough } from './containers/exec';
import type { Exit } from './containers/exitWatch';
import { Instances } from './containers/instances';
import type { Mounts } from './containers/mount';
import { signalName } from './containers/signalName';
import { workingSetOf } from './containers/workingSet';
import { isNotRunning, isUnreachable, messageOf, responseStatusOf } from './engine/engineError';
import { POD_LABEL } from './engine/labels';
import { removeLabelled, unlessGone } from './engine/remove';
import { Faults } from './faults/faults';
import { ImageStore, type WantedImage } from './images/images';
import { LogFollower } from './output/followLogs';
import { readOOMKill } from './output/kernelLog';
import { logsOf } from './output/logs';
import { withEngineHost } from './processes/engineHost';
import { processTableOf } from './processes/processTable';
import { listenersIn } from './processes/socketFiles';
import type { Run } from './run';
import { type DockerPod, labelsOf, nameOnEngine } from './sandbox/dockerPod';
import { PodSandbox } from './sandbox/podSandbox';
import { hostnameOf } from './sandbox/sandbox';

/** One pod's sandbox and containers on an engine. */
export class DockerRuntime implements ContainerRuntime {
  readonly execInContainer: ExecInContainer;
  readonly connectInside: ConnectInside;
  /** What a test can do to the pod. */
  readonly faults: Faults;
  readonly #run: Run;
  readonly #pod: DockerPod;
  readonly #instances = new Instances();
  /** By instance that runs. */
  readonly #followers = new Map<string, LogFollower>();
  readonly #sandbox: PodSandbox;
  readonly #images: ImageStore;
  /** Instances of which the kernel killed a process: whether the rest had to be killed for that. */
  readonly #outOfMemoryEnds = new Map<string, Promise<boolean>>();
  readonly #underWay = new Set<Promise<unknown>>();
  #removing = false;

  constructor(run: Run, pod: DockerPod) {
    this.#run = run;
    this.#pod = pod;
    this.#sandbox = new PodSandbox(run, pod, (seen) => this.#emit(seen));
    this.#images = new ImageStore(run.engine);
    this.execInContainer = execThrough(run);
    this.connectInside = (host, port) => this.#sandbox.connect(host, port);
    this.faults = new Faults(run, this.#instances, this.#sandbox);
  }

  /** Resolves once the engine has done what is its own in it: a pull is mostly the registry's. */
  async perform(command: RuntimeCommand): Promise<void> {
    if (this.#removing) return;
    const done = this.#carryOut(command).catch((error: unknown) => this.#failed(command, error));
    // A pull leaves nothing behind that would have to be waited for and removed.
    if (command.kind === 'PullImage') return;
    this.#underWay.add(done);
    await done;
    this.#underWay.delete(done);
  }

  get podIP(): string {
    return this.#sandbox.podIP;
  }

  get hasSandbox(): boolean {
    return this.#sandbox.id !== '';
  }

  /** The id of the instance that runs. */
  running(container: string): string | undefined {
    return this.#instances.running(container)?.id;
  }

  /** The folder of an instance's cgroup on this machine; undefined where another one runs it. */
  cgroupOf(id: string): string | undefined {
    return this.#sandbox.cgroupOf?.(id);
  }

  /** What a container's newest instance, or the one before it, has written; undefined where there is none. */
  async logs(container: string, { previous = false } = {}): Promise<string | undefined> {
    const instance = this.#instances.started(container, { previous });
    return instance && logsOf(this.#docker, instance.id);
  }

  /** What the processes of an instance are, and how they will be told to stop; undefined where there is no such instance. */
  async processes(id: string) {
    const instance = this.#instances.get(id);
    if (!instance) return undefined;
    const processes = await processTableOf(this.#run, id);
    const { container, attempt, stopSignal } = instance;
    const { hostPID, shareProcessNamespace } = this.#pod.pod.spec;
    return {
      container: container.name,
      id,
      attempt,
      stopSignal,
      isPID1: !hostPID && !shareProcessNamespace,
      processes,
    };
  }

  /** The working set of a container in bytes; undefined if it does not run, or the engine does not tell it. */
  async workingSet(container: string): Promise<number | undefined> {
    const id = this.running(container);
    return id === undefined ? undefined : workingSetOf(this.#docker, id);
  }

  /** The addresses at which something listens in the pod's network; undefined if that container does not run. */
  async listeners(container: string): Promise<readonly string[] | undefined> {
    const id = this.running(container);
    if (id === undefined) return undefined;
    return listenersIn(await withEngineHost(this.#run, id, (host) => host.socketFiles()));
  }

  /** Sends a signal to the main process of the container, behind the kubelet's back. */
  async signal(container: string, signal: string): Promise<void> {
    const id = this.running(container);
    if (id === undefined)
      throw new RuntimeError(`container ${container}`, 'is not running, there is nothing to signal');
    await this.#docker.getContainer(id).kill({ signal });
  }

  /** The address at which this machine reaches a port that a container lists; undefined for any other. */
  addressOf(port: number): Promise<string | undefined> {
    return this.#sandbox.addressOf(port);
  }

  /** Removes all of the pod at once; nothing is emitted any more. */
  async remove(): Promise<void> {
    this.#removing = true;
    this.#sandbox.abandon();
    const label = `${POD_LABEL}=${this.#pod.key}`;
    if (this.#underWay.size > 0) {
      // What is just being made may resist its removal, or come after it: this only cuts it short.
      await removeLabelled(this.#docker, label).catch(() => {});
      await Promise.all(this.#underWay);
    }
    await removeLabelled(this.#docker, label);
  }

  get #docker() {
    return this.#run.engine.docker;
  }

  #emit(seen: Observation): void {
    if (!this.#removing) this.#pod.emit(seen);
  }

  #failed(command: RuntimeCommand, cause: unknown): void {
    if (this.#removing) return;
    const message = messageOf(cause);
    this.#emit({ kind: 'RuntimeFailed', command, message });
    this.#pod.onBroken(cause instanceof RuntimeError ? cause : this.#failureOf(command, cause));
  }

  /** A lost engine is no trouble of a container: the engine is where its reader has to look. */
  #failureOf(command: RuntimeCommand, cause: unknown): RuntimeError {
    const subject = this.#subjectOf(command);
    const wrong = `failed to carry out ${command.kind}`;
    if (!isUnreachable(cause))
      return new RuntimeError(subject, `${wrong}: ${messageOf(cause)}. Check the engine's log`, { cause });
    const lost = `${wrong} for ${subject}: ${messageOf(cause)}. Check that the engine is running`;
    return new RuntimeError('container engine', lost, { cause });
  }

  /** What a command is about, for messages. */
  #subjectOf(command: RuntimeCommand): string {
    if (command.kind === 'CreateSandbox' || command.kind === 'StopSandbox') return 'pod sandbox';
    if (command.kind === 'CreateContainer') return `container ${command.container.name}`;
    const name = 'container' in command ? command.container : this.#instances.get(command.id)?.container.name;
    return `container ${name ?? ''}`.trim();
  }

  async #carryOut(command: RuntimeCommand): Promise<void> {
    switch (command.kind) {
      case 'CreateSandbox':
        return this.#sandbox.create(command.attempt);
      case 'StopSandbox':
        return this.#sandbox.stop(command.id);
      case 'InspectImage':
        return this.#emit(await this.#images.inspect(this.#wanted(command)));
      case 'PullImage':
        return this.#emit(await this.#images.pull(this.#wanted(command)));
      case 'CreateContainer':
        return this.#createContainer(command.container, command.attempt);
      case 'StartContainer':
        return this.#startContainer(command.id);
      case 'SignalContainer':
        return this.#signal(command.id, command.signal);
      case 'RemoveContainer':
        return this.#removeContainer(command.id);
    }
  }

  async #createContainer(container: Container, attempt: number): Promise<void> {
    const { name } = container;
    const { pod } = this.#pod;
    const failed = (reason: string, why: FailedStart) =>
      this.#emit({ kind: 'ContainerCreateFailed', container: name, reason, ...why });

    const image = await this.#images.config(container.image);
    const asRoot = verifyRunAsNonRoot(pod, container, image.user);
    if (asRoot !== undefined) return failed('CreateContainerConfigError', asRoot);
    const env = makeEnvironmentVariables(container, this.#sandbox.surroundings);
    if ('error' in env) return failed('CreateContainerConfigError', failedByConfig(env));
    let mounts: Mounts;
    try {
      mounts = await this.#sandbox.mountsOf(container, env.value);
    } catch (error) {
      if (error instanceof RuntimeError) throw error;
      return failed('CreateContainerConfigError', failedByEngine('create', messageOf(error)));
    }
    const options = containerOptions(this.faults.limited(container), env.value, {
      name: nameOnEngine(this.#pod, name, attempt),
      pod,
      sandboxId: this.#sandbox.id,
      hostname: this.#run.engine.kind === 'Podman' ? hostnameOf(pod) : undefined,
      image,
      labels: labelsOf(this.#run, this.#pod),
      mounts,
      log: await this.#sandbox.terminationLog(container),
    });
    try {
      const { id } = await this.#docker.createContainer(options);
      const stopSignal = signalName(container.lifecycle?.stopSignal ?? image.stopSignal ?? 'SIGTERM');
      this.#instances.add(id, container, stopSignal, attempt);
      this.#emit({ kind: 'ContainerCreated', container: name, id, stopSignal });
    } catch (error) {
      if (responseStatusOf(error) === undefined) throw error;
      failed('CreateContainerError', failedByEngine('create', messageOf(error)));
    }
  }

  async #startContainer(id: string): Promise<void> {
    // A short life may be over before the engine's reply to the start is here: the start is told first all the same.
    let isStarted = false;
    let earlyExit: Exit | undefined;
    this.#run.exits.onExit(id, (exit) => {
      if (isStarted) this.#exited(id, exit);
      else earlyExit = exit;
    });
    this.#run.exits.onOOM(id, () => {
      this.#outOfMemory(id).catch(() => {});
    });
    try {
      await this.#docker.getContainer(id).start();
    } catch (error) {
      this.#run.exits.forget(id);
      if (responseStatusOf(error) === undefined) throw error;
      this.#instances.mark(id, 'exited');
      return this.#emit({ kind: 'ContainerStartFailed', id, ...failedByEngine('start', messageOf(error)) });
    }
    isStarted = true;
    this.#instances.mark(id, 'running');
    this.#emit({ kind: 'ContainerStarted', id });
    this.#follow(id);
    if (earlyExit) return this.#exited(id, earlyExit);
    const instance = this.#instances.get(id);
    if (instance) await this.faults.started(instance.container.name);
  }

  #follow(id: string): void {
    const instance = this.#instances.get(id);
    const { onWritten } = this.#pod;
    if (!instance || !onWritten) return;
    const { container, attempt } = instance;
    const follower = new LogFollower(this.#docker, id, (stream, line) => {
      if (!this.#removing) onWritten({ container: container.name, attempt, stream, ...line });
    });
    this.#followers.set(id, follower);
  }

  #exited(id: string, exit: Exit): void {
    this.#instances.mark(id, 'exited');
    this.#tellExit(id, exit).catch((cause: unknown) => {
      if (this.#removing) return;
      const wrong = `does not say what a container has left behind: ${messageOf(cause)}`;
      this.#pod.onBroken(new RuntimeError('container engine', wrong, { cause }));
    });
  }

  /**
   * The kernel killed one process. On a node with memory.oom.group it kills every other one with it: done here by a kill of
   * the main process, after which the engine leaves none.
   */
  async #outOfMemory(id: string): Promise<void> {
    const container = this.#docker.getContainer(id);
    if (this.#pod.endsOnOOM) {
      // It fails where the process was the main one.
      const killed = container.kill({ signal: 'SIGKILL' }).then(
        () => true,
        () => false,
      );
      this.#outOfMemoryEnds.set(id, killed);
      return;
    }
    const { State } = await container.inspect();
    if (State.Running) this.#emit({ kind: 'ProcessOOMKilled', id, endsContainer: false, ...killedIn(id) });
  }

  async #tellExit(id: string, { exitCode, wasOOMKilled }: Exit): Promise<void> {
    const follower = this.#followers.get(id);
    this.#followers.delete(id);
    const known = Promise.all([this.#terminationMessage(id, exitCode), wasOOMKilled()]);
    await follower?.exited(known);
    const [message, oomKilled] = await known;
    const rest = this.#outOfMemoryEnds.get(id);
    this.#outOfMemoryEnds.delete(id);
    const isOOM = oomKilled || rest !== undefined;
    const killed = isOOM ? killedIn(id) : undefined;
    const isOther = await rest;
    if (isOther) this.#emit({ kind: 'ProcessOOMKilled', id, endsContainer: true, ...killed });
    const why = isOOM && { reason: 'OOMKilled', ...(killed && !isOther && { oomKilled: killed.process }) };
    this.#emit({ kind: 'ContainerExited', id, exitCode, ...why, ...(message !== undefined && { message }) });
  }

  async #terminationMessage(id: string, exitCode: number): Promise<string | undefined> {
    const container = this.#instances.get(id)?.container;
    if (!container) return undefined;
    const file = await this.#sandbox.lastWordsOf(container);
    const wantsLog = file === '' && mayFallBackToLogs(container, exitCode);
    return terminationMessage(container, exitCode, file, wantsLog ? await logsOf(this.#docker, id, MAX_LOG_LINES) : '');
  }

  async #signal(id: string, signal: 'stop' | 'SIGKILL'): Promise<void> {
    const own = this.#instances.get(id)?.stopSignal ?? 'SIGTERM';
    try {
      await this.#docker.getContainer(id).kill({ signal: signal === 'stop' ? own : signal });
    } catch (error) {
      // Its exit is on the way already.
      if (!isNotRunning(error)) throw error;
    }
  }

  async #removeContainer(id: string): Promise<void> {
    this.#run.exits.forget(id);
    this.#instances.remove(id);
    await unlessGone(this.#docker.getContainer(id).remove({ force: true, v: true }));
    this.#emit({ kind: 'ContainerRemoved', id });
  }

  #wanted({ container, image }: { container: string; image: string }): WantedImage {
    return { container, image, isGiven: this.#pod.givenImages.includes(image) };
  }
}

function killedIn(id: string): { readonly process: KilledProcess } | undefined {
  const process = readOOMKill(id);
  return process && { process };
}
