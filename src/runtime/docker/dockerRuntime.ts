import type { FailedStart, Observation } from '../../kubelet/state/protocol';
import { makeEnvironmentVariables } from '../../manifest/config/environment';
import type { Container } from '../../manifest/model';
import type { ConnectInside, ExecInContainer } from '../../probes/ports';
import type { ContainerRuntime, RuntimeCommand } from '../containerRuntime';
import { failedByConfig, failedByEngine } from '../failedStart';
import { verifyRunAsNonRoot } from '../runAsNonRoot';
import { RuntimeError } from '../runtimeError';
import { ContainerExits } from './containerExits';
import { containerOptions } from './containers/containerOptions';
import { execThrough } from './containers/exec';
import type { Exit } from './containers/exitWatch';
import { Instances } from './containers/instances';
import type { Mounts } from './containers/mount';
import { signalName } from './containers/signalName';
import { readWorkingSet } from './containers/workingSet';
import { getEngineMessage, getResponseStatus, isStoppedError, isUnreachable } from './engine/engineError';
import { POD_LABEL } from './engine/labels';
import { removeLabelled, unlessGone } from './engine/remove';
import { Faults } from './faults/faults';
import { type ImageRequest, ImageStore } from './images/images';
import { readLog } from './output/logs';
import { withEngineHost } from './processes/engineHost';
import { readProcessTable } from './processes/processTable';
import { parseListeners } from './processes/socketFiles';
import type { Run } from './run';
import { type DockerPod, makePodLabels, nameOnEngine } from './sandbox/dockerPod';
import { PodSandbox } from './sandbox/podSandbox';
import { computeHostname } from './sandbox/sandbox';

/** The sandbox and the containers of one pod on an engine. */
export class DockerRuntime implements ContainerRuntime {
  readonly execInContainer: ExecInContainer;
  readonly connectInside: ConnectInside;
  /** The faults that a test can inject into the pod. */
  readonly faults: Faults;
  readonly #run: Run;
  readonly #pod: DockerPod;
  readonly #instances = new Instances();
  readonly #sandbox: PodSandbox;
  readonly #images: ImageStore;
  readonly #exits: ContainerExits;
  readonly #pending = new Set<Promise<unknown>>();
  #isRemoved = false;

  constructor(run: Run, pod: DockerPod) {
    this.#run = run;
    this.#pod = pod;
    this.#sandbox = new PodSandbox(run, pod, (seen) => this.#emit(seen));
    this.#images = new ImageStore(run.engine);
    this.execInContainer = execThrough(run);
    this.connectInside = (host, port) => this.#sandbox.connect(host, port);
    this.faults = new Faults(run, this.#instances, this.#sandbox);
    this.#exits = new ContainerExits({
      docker: this.#docker,
      instances: this.#instances,
      endsOnOOM: pod.endsOnOOM,
      readTerminationLog: (container) => this.#sandbox.readTerminationLog(container),
      emit: (seen) => this.#emit(seen),
      onWritten: pod.onWritten && ((line) => !this.#isRemoved && pod.onWritten?.(line)),
      onBroken: (error) => this.#break(error),
    });
  }

  /** Resolves when the engine has finished its own work. A pull is mostly the registry's work. */
  async perform(command: RuntimeCommand): Promise<void> {
    if (this.#isRemoved) return;
    const done = this.#dispatch(command).catch((error: unknown) => this.#reportFailure(command, error));
    // A pull creates nothing that has to be awaited and removed.
    if (command.kind === 'PullImage') return;
    this.#pending.add(done);
    await done;
    this.#pending.delete(done);
  }

  get podIP(): string {
    return this.#sandbox.podIP;
  }

  get hasSandbox(): boolean {
    return this.#sandbox.id !== '';
  }

  /** Returns the id of the running instance. */
  running(container: string): string | undefined {
    return this.#instances.running(container)?.id;
  }

  /** Returns the folder of an instance's cgroup on this machine, or undefined if another machine runs it. */
  cgroupOf(id: string): string | undefined {
    return this.#sandbox.cgroupOf?.(id);
  }

  /**
   * Returns the output of a container's newest instance, or of the one before it, or undefined if there is no such
   * instance.
   */
  async logs(container: string, { previous = false } = {}): Promise<string | undefined> {
    const instance = this.#instances.findStarted(container, { previous });
    return instance && readLog(this.#docker, instance.id);
  }

  /** Returns the processes of an instance and its stop signal, or undefined if there is no such instance. */
  async processes(id: string) {
    const instance = this.#instances.get(id);
    if (!instance) return undefined;
    const processes = await readProcessTable(this.#run, id);
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

  /**
   * Returns the working set of a container in bytes, or undefined if it does not run or the engine does not report it.
   */
  async workingSet(container: string): Promise<number | undefined> {
    const id = this.running(container);
    return id === undefined ? undefined : readWorkingSet(this.#docker, id);
  }

  /**
   * Returns the addresses that processes listen at in the pod's network, or undefined if that container does not run.
   */
  async listeners(container: string): Promise<readonly string[] | undefined> {
    const id = this.running(container);
    if (id === undefined) return undefined;
    return parseListeners(await withEngineHost(this.#run, id, (host) => host.socketFiles()));
  }

  /** Sends a signal to the main process of the container. The kubelet does not know of it. */
  async signal(container: string, signal: string): Promise<void> {
    const id = this.running(container);
    if (id === undefined)
      throw new RuntimeError(`container ${container}`, 'is not running. Only a running container can be signaled');
    await this.#docker.getContainer(id).kill({ signal });
  }

  /**
   * Returns the address at which this machine reaches a port that a container lists, or undefined for any other port.
   */
  addressOf(port: number): Promise<string | undefined> {
    return this.#sandbox.addressOf(port);
  }

  /** Removes the whole pod immediately. Nothing is emitted after that. */
  async remove(): Promise<void> {
    this.#isRemoved = true;
    this.#sandbox.abandon();
    const label = `${POD_LABEL}=${this.#pod.key}`;
    if (this.#pending.size > 0) {
      // An object that is being created may resist its removal or appear after it, so this removal only shortens the
      // wait.
      await removeLabelled(this.#docker, label).catch(() => {});
      await Promise.all(this.#pending);
    }
    await removeLabelled(this.#docker, label);
  }

  get #docker() {
    return this.#run.engine.docker;
  }

  #emit(seen: Observation): void {
    if (!this.#isRemoved) this.#pod.emit(seen);
  }

  #break(error: RuntimeError): void {
    if (!this.#isRemoved) this.#pod.onBroken(error);
  }

  #reportFailure(command: RuntimeCommand, cause: unknown): void {
    this.#emit({ kind: 'RuntimeFailed', command, message: getEngineMessage(cause) });
    this.#break(cause instanceof RuntimeError ? cause : this.#failureOf(command, cause));
  }

  /**
   * Returns the error of a command. If the engine is lost, the error names the engine instead of the container, because
   * the cause is there.
   */
  #failureOf(command: RuntimeCommand, cause: unknown): RuntimeError {
    const subject = this.#subjectOf(command);
    const wrong = `failed to run the command ${command.kind}`;
    if (!isUnreachable(cause))
      return new RuntimeError(subject, `${wrong}: ${getEngineMessage(cause)}. Check the engine's log`, { cause });
    const lost = `${wrong} for ${subject}: ${getEngineMessage(cause)}. Check that the engine is running`;
    return new RuntimeError('container engine', lost, { cause });
  }

  /** Returns the subject of a command for messages. */
  #subjectOf(command: RuntimeCommand): string {
    if (command.kind === 'CreateSandbox' || command.kind === 'StopSandbox') return 'pod sandbox';
    if (command.kind === 'CreateContainer') return `container ${command.container.name}`;
    const name = 'container' in command ? command.container : this.#instances.get(command.id)?.container.name;
    return `container ${name ?? ''}`.trim();
  }

  async #dispatch(command: RuntimeCommand): Promise<void> {
    switch (command.kind) {
      case 'CreateSandbox':
        return this.#sandbox.create(command.attempt);
      case 'StopSandbox':
        return this.#sandbox.stop(command.id);
      case 'InspectImage':
        return this.#emit(await this.#images.inspect(this.#imageOf(command)));
      case 'PullImage':
        return this.#emit(await this.#images.pull(this.#imageOf(command)));
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
    const reportFailure = (reason: string, why: FailedStart) =>
      this.#emit({ kind: 'ContainerCreateFailed', container: name, reason, ...why });

    const image = await this.#images.config(container.image);
    const asRoot = verifyRunAsNonRoot(pod, container, image.user);
    if (asRoot !== undefined) return reportFailure('CreateContainerConfigError', asRoot);
    const env = makeEnvironmentVariables(container, this.#sandbox.surroundings);
    if ('error' in env) return reportFailure('CreateContainerConfigError', failedByConfig(env));
    let mounts: Mounts;
    try {
      mounts = await this.#sandbox.mountsOf(container, env.value);
    } catch (error) {
      if (error instanceof RuntimeError) throw error;
      return reportFailure('CreateContainerConfigError', failedByEngine('create', getEngineMessage(error)));
    }
    const options = containerOptions(this.faults.applyLimits(container), env.value, {
      name: nameOnEngine(this.#pod, name, attempt),
      pod,
      sandboxId: this.#sandbox.id,
      hostname: this.#run.engine.kind === 'Podman' ? computeHostname(pod) : undefined,
      image,
      labels: makePodLabels(this.#run, this.#pod),
      mounts,
      log: await this.#sandbox.terminationLog(container),
    });
    try {
      const { id } = await this.#docker.createContainer(options);
      const stopSignal = signalName(container.lifecycle?.stopSignal ?? image.stopSignal ?? 'SIGTERM');
      this.#instances.add(id, container, stopSignal, attempt);
      this.#emit({ kind: 'ContainerCreated', container: name, id, stopSignal });
    } catch (error) {
      if (getResponseStatus(error) === undefined) throw error;
      reportFailure('CreateContainerError', failedByEngine('create', getEngineMessage(error)));
    }
  }

  async #startContainer(id: string): Promise<void> {
    // A short-lived container may exit before the engine responds to the start. The start is reported first in any
    // case.
    let isStarted = false;
    let earlyExit: Exit | undefined;
    this.#run.exits.onExit(id, (exit) => {
      if (isStarted) this.#exits.onExit(id, exit);
      else earlyExit = exit;
    });
    this.#run.exits.onOOM(id, () => {
      this.#exits.onOutOfMemory(id).catch(() => {});
    });
    try {
      await this.#docker.getContainer(id).start();
    } catch (error) {
      this.#run.exits.forget(id);
      if (getResponseStatus(error) === undefined) throw error;
      this.#instances.mark(id, 'exited');
      return this.#emit({ kind: 'ContainerStartFailed', id, ...failedByEngine('start', getEngineMessage(error)) });
    }
    isStarted = true;
    this.#instances.mark(id, 'running');
    this.#emit({ kind: 'ContainerStarted', id });
    this.#exits.follow(id);
    if (earlyExit) return this.#exits.onExit(id, earlyExit);
    const instance = this.#instances.get(id);
    if (instance) await this.faults.restoreLimits(instance.container.name);
  }

  async #signal(id: string, signal: 'stop' | 'SIGKILL'): Promise<void> {
    const own = this.#instances.get(id)?.stopSignal ?? 'SIGTERM';
    try {
      await this.#docker.getContainer(id).kill({ signal: signal === 'stop' ? own : signal });
    } catch (error) {
      // The container is exiting already.
      if (!isStoppedError(error)) throw error;
    }
  }

  async #removeContainer(id: string): Promise<void> {
    this.#run.exits.forget(id);
    this.#instances.remove(id);
    await unlessGone(this.#docker.getContainer(id).remove({ force: true, v: true }));
    this.#emit({ kind: 'ContainerRemoved', id });
  }

  #imageOf({ container, image }: { container: string; image: string }): ImageRequest {
    return { container, image, isGiven: this.#pod.givenImages.includes(image) };
  }
}
