import { availableParallelism, hostname, totalmem } from 'node:os';
import type { Observation } from '../../kubelet/words';
import type { Config } from '../../manifest/config';
import { makeEnvironmentVariables, type PodSurroundings } from '../../manifest/environment';
import type { Container, Pod } from '../../manifest/model';
import { containersOf } from '../../manifest/model';
import { mountedVolumes, mountFailures, type VolumeFile, volumeContent } from '../../manifest/volumes';
import type { ContainerRuntime, Emit, ExecInContainer, RuntimeCommand } from '../containerRuntime';
import { RuntimeError } from '../runtimeError';
import { MAX_LOG_LINES, mayFallBackToLogs, terminationMessage } from '../terminationMessage';
import { containerOptions } from './containerOptions';
import { isGone, messageOf, statusOf } from './engineError';
import { execThrough } from './exec';
import type { Exit } from './exitWatch';
import { imageConfig, inspectImage, pullImage, type WantedImage } from './images';
import { Instances } from './instances';
import { POD_LABEL } from './labels';
import { logsOf } from './logs';
import type { Mounts } from './mount';
import { removeLabelled, unlessGone } from './remove';
import type { Run } from './run';
import { hostPortOf, networkOf, type SandboxNetwork, sandboxOptions } from './sandbox';
import { verifyRunAsNonRoot } from './securityOptions';
import { signalName } from './signalName';
import { TerminationLogs } from './terminationLogs';
import { Volumes } from './volumes';

export interface DockerPod {
  /** Which pod of the run it is; manifests may be run twice. */
  readonly key: string;
  readonly pod: Pod;
  /** The ConfigMaps and Secrets that are there for the pod. */
  readonly config: Config;
  readonly kubernetesVersion: string;
  /** The images the test gave: they stand for ones that are in the registry. */
  readonly givenImages: readonly string[];
  readonly emit: Emit;
  /** Called when the engine does not do what no rehearsal can go on without. */
  readonly onBroken: (error: RuntimeError) => void;
}

/** One pod's sandbox and containers on an engine. */
export class DockerRuntime implements ContainerRuntime {
  readonly execInContainer: ExecInContainer;
  readonly #run: Run;
  readonly #pod: DockerPod;
  readonly #instances = new Instances();
  readonly #volumes: Volumes;
  readonly #underWay = new Set<Promise<unknown>>();
  #sandboxId = '';
  #network: SandboxNetwork = { podIP: '', hostIP: '' };
  #terminationLogs: TerminationLogs | undefined;
  #removing = false;

  constructor(run: Run, pod: DockerPod) {
    this.#run = run;
    this.#pod = pod;
    const { metadata, spec } = pod.pod;
    this.#volumes = new Volumes(run.engine.docker, {
      volumes: mountedVolumes(spec),
      containers: containersOf(spec),
      fsGroup: spec.securityContext?.fsGroup,
      labels: this.#labels,
      nameOf: (volume) => ['jest-kubelet', volume, metadata.name, pod.key].join('_'),
    });
    this.execInContainer = execThrough(run.engine.docker);
  }

  perform(command: RuntimeCommand): void {
    if (this.#removing) return;
    const done = this.#carryOut(command).catch((error: unknown) => this.#failed(command, error));
    // A pull leaves nothing behind that would have to be waited for and removed.
    if (command.kind === 'PullImage') return;
    this.#underWay.add(done);
    void done.then(() => this.#underWay.delete(done));
  }

  get hasSandbox(): boolean {
    return this.#sandboxId !== '';
  }

  /** The id of the instance that runs. */
  running(container: string): string | undefined {
    return this.#instances.running(container)?.id;
  }

  /** What a container's newest instance, or the one before it, has written; undefined where there is none. */
  async logs(container: string, { previous = false } = {}): Promise<string | undefined> {
    const instance = this.#instances.started(container, { previous });
    return instance && logsOf(this.#docker, instance.id);
  }

  /** Sends a signal to the main process of the container, behind the kubelet's back. */
  async signal(container: string, signal: string): Promise<void> {
    const id = this.running(container);
    if (id === undefined)
      throw new RuntimeError(`container ${container}`, 'is not running, there is nothing to signal');
    await this.#docker.getContainer(id).kill({ signal });
  }

  /** The address at which this machine reaches a port that a container lists; undefined for any other. */
  async addressOf(port: number): Promise<string | undefined> {
    const published = await hostPortOf(this.#run.engine, this.#sandboxId, port);
    return published === undefined ? undefined : `${this.#run.engine.host}:${published}`;
  }

  /** Removes all of the pod at once; nothing is emitted any more. */
  async remove(): Promise<void> {
    this.#removing = true;
    const label = `${POD_LABEL}=${this.#pod.key}`;
    if (this.#underWay.size > 0) {
      // What is just being made may resist its removal, or come after it: this only cuts it short.
      await removeLabelled(this.#docker, label).catch(() => {});
      await Promise.all(this.#underWay);
    }
    await removeLabelled(this.#docker, label);
  }

  get #surroundings(): PodSurroundings {
    const { pod, config, kubernetesVersion } = this.#pod;
    return { pod, config, kubernetesVersion, node: { ...thisNode(), ...this.#network } };
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
    this.#pod.onBroken(new RuntimeError('container engine', `${command.kind} failed: ${message}`, { cause }));
  }

  async #carryOut(command: RuntimeCommand): Promise<void> {
    switch (command.kind) {
      case 'CreateSandbox':
        return this.#createSandbox(command.attempt);
      case 'StopSandbox':
        return this.#stopSandbox(command.id);
      case 'InspectImage':
        return this.#emit(await inspectImage(this.#run.engine, this.#wanted(command)));
      case 'PullImage':
        return this.#emit(await pullImage(this.#run.engine, this.#wanted(command)));
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

  async #createSandbox(attempt: number): Promise<void> {
    const { engine, pauseImage } = this.#run;
    const messages = mountFailures(this.#surroundings);
    if (messages.length > 0) return this.#emit({ kind: 'VolumesNotMounted', messages });
    const placement = { name: this.#name('POD', attempt), image: pauseImage, labels: this.#labels };
    try {
      const options = sandboxOptions(this.#pod.pod, placement, engine.host, await this.#volumes.make());
      const { id } = await this.#docker.createContainer(options);
      this.#run.exits.onExit(id, () => this.#emit({ kind: 'SandboxStopped', id }));
      await this.#docker.getContainer(id).start();
      this.#sandboxId = id;
      [this.#network, this.#terminationLogs] = await Promise.all([
        networkOf(engine, id),
        TerminationLogs.of(this.#docker, id, this.#pod.pod),
        this.#volumes.fill(id, this.#files()),
      ]);
      this.#emit({ kind: 'SandboxStarted', id, podIP: this.#network.podIP });
    } catch (error) {
      if (statusOf(error) === undefined) throw error;
      // The next try is to have its name.
      await unlessGone(this.#docker.getContainer(placement.name).remove({ force: true, v: true }));
      this.#emit({ kind: 'SandboxFailed', message: messageOf(error) });
    }
  }

  /** What the volumes made of configuration hold. */
  #files() {
    const around = this.#surroundings;
    const files: Record<string, readonly VolumeFile[]> = {};
    for (const volume of mountedVolumes(around.pod.spec)) {
      const content = volumeContent(volume, around);
      if (content && 'value' in content) files[volume.name] = content.value;
    }
    return files;
  }

  async #stopSandbox(id: string): Promise<void> {
    try {
      await this.#docker.getContainer(id).kill({ signal: 'SIGKILL' });
    } catch (error) {
      if (!isNotRunning(error)) throw error;
      this.#emit({ kind: 'SandboxStopped', id });
    }
  }

  async #createContainer(container: Container, attempt: number): Promise<void> {
    const { name } = container;
    const { pod } = this.#pod;
    const failed = (reason: string, message: string) =>
      this.#emit({ kind: 'ContainerCreateFailed', container: name, reason, message });

    const image = await imageConfig(this.#run.engine, container.image);
    const asRoot = verifyRunAsNonRoot(pod, container, image);
    if (asRoot !== undefined) return failed('CreateContainerConfigError', asRoot);
    const env = makeEnvironmentVariables(container, this.#surroundings);
    if ('error' in env) return failed('CreateContainerConfigError', env.error);
    let mounts: Mounts;
    try {
      mounts = await this.#volumes.mountsOf(container, env.value);
    } catch (error) {
      return failed('CreateContainerConfigError', messageOf(error));
    }
    const options = containerOptions(container, env.value, {
      name: this.#name(name, attempt),
      pod,
      sandboxId: this.#sandboxId,
      image,
      labels: this.#labels,
      mounts,
      log: await this.#terminationLogs?.mount(container),
    });
    try {
      const { id } = await this.#docker.createContainer(options);
      const stopSignal = signalName(container.lifecycle?.stopSignal ?? image.stopSignal ?? 'SIGTERM');
      this.#instances.add(id, container, stopSignal);
      this.#emit({ kind: 'ContainerCreated', container: name, id, stopSignal });
    } catch (error) {
      if (statusOf(error) === undefined) throw error;
      failed('CreateContainerError', messageOf(error));
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
    try {
      await this.#docker.getContainer(id).start();
    } catch (error) {
      this.#run.exits.forget(id);
      if (statusOf(error) === undefined) throw error;
      this.#instances.mark(id, 'exited');
      return this.#emit({ kind: 'ContainerStartFailed', id, message: messageOf(error) });
    }
    isStarted = true;
    this.#instances.mark(id, 'running');
    this.#emit({ kind: 'ContainerStarted', id });
    if (earlyExit) this.#exited(id, earlyExit);
  }

  #exited(id: string, exit: Exit): void {
    this.#instances.mark(id, 'exited');
    this.#tellExit(id, exit).catch((cause: unknown) => {
      if (this.#removing) return;
      const wrong = `does not say what a container has left behind: ${messageOf(cause)}`;
      this.#pod.onBroken(new RuntimeError('container engine', wrong, { cause }));
    });
  }

  async #tellExit(id: string, { exitCode, oomKilled }: Exit): Promise<void> {
    const message = await this.#terminationMessage(id, exitCode);
    const reason = oomKilled && { reason: 'OOMKilled' };
    this.#emit({ kind: 'ContainerExited', id, exitCode, ...reason, ...(message !== undefined && { message }) });
  }

  async #terminationMessage(id: string, exitCode: number): Promise<string | undefined> {
    const container = this.#instances.get(id)?.container;
    if (!container) return undefined;
    const file = (await this.#terminationLogs?.read(container)) ?? '';
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

  get #labels(): Record<string, string> {
    return { ...this.#run.labels, [POD_LABEL]: this.#pod.key };
  }

  /** As Kubernetes' own names on Docker were: prefix, container, pod, which pod, attempt. */
  #name(container: string, attempt: number): string {
    return ['jest-kubelet', container, this.#pod.pod.metadata.name, this.#pod.key, attempt].join('_');
  }
}

/** The machine stands for the node. */
function thisNode() {
  return { nodeName: hostname(), allocatable: { cpu: String(availableParallelism()), memory: String(totalmem()) } };
}

function isNotRunning(error: unknown): boolean {
  return isGone(error) || (statusOf(error) === 409 && messageOf(error).includes('is not running'));
}
