import { hostname } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import { makeEnvironmentVariables, type PodSurroundings } from '../../../manifest/config/environment';
import { mountedVolumes, mountFailures, type VolumeFile, volumeContent } from '../../../manifest/config/volumes';
import type { Container } from '../../../manifest/model';
import { containersOf } from '../../../manifest/model';
import type { Connection } from '../../../probes/ports';
import type { Emit } from '../../containerRuntime';
import { failedByConfig } from '../../failedStart';
import { RuntimeError } from '../../runtimeError';
import type { Mount, Mounts } from '../containers/mount';
import { type CgroupOf, findCgroups } from '../cpu/cgroup';
import { endedByEngine } from '../engine/checkEngine';
import type { ContainerInspection, CreateOptions } from '../engine/docker';
import { getEngineMessage, getResponseStatus, isStoppedError } from '../engine/engineError';
import { unlessGone } from '../engine/remove';
import { createUnansweredConnection } from '../inside/createUnansweredConnection';
import { InsideDialer } from '../inside/insideDialer';
import { logsVolume, TerminationLogs } from '../output/terminationLogs';
import type { Run } from '../run';
import { Volumes } from '../volumes/volumes';
import { type DockerPod, makePodLabels, nameOnEngine } from './dockerPod';
import { findHostPort, readSandboxNetwork, type SandboxNetwork, sandboxOptions } from './sandbox';
import { holderOptions, needsHolder } from './volumeHolder';

const CREATIONS_MAX = 3;
const CREATE_AGAIN_MS = 300;
const TOO_LONG = /file name too long/;

/**
 * The parts of a pod that stay when its containers restart: its network, its volumes and the files for its termination
 * messages.
 */
export class PodSandbox {
  readonly #run: Run;
  readonly #pod: DockerPod;
  readonly #emit: Emit;
  readonly #volumes: Volumes;
  /** The number of failed attempts of the engine to create it. */
  #failures = 0;
  #id = '';
  #cutId = '';
  /** The container that holds the volumes: the sandbox, or one beside it. */
  #holderId = '';
  #isAbandoned = false;
  #network: SandboxNetwork = { podIP: '', hostIP: '', networkId: undefined, pid: 0 };
  #terminationLogs: TerminationLogs | undefined;
  #cgroupOf: CgroupOf | undefined;
  #dialer: InsideDialer | undefined;

  constructor(run: Run, pod: DockerPod, emit: Emit) {
    this.#run = run;
    this.#pod = pod;
    this.#emit = emit;
    const { metadata, spec } = pod.pod;
    this.#volumes = new Volumes(run.engine, {
      volumes: mountedVolumes(spec),
      containers: containersOf(spec),
      fsGroup: spec.securityContext?.fsGroup,
      labels: makePodLabels(run, pod),
      nameOf: (volume) => ['jest-kubelet', volume, metadata.name, pod.key].join('_'),
    });
  }

  /** The id of the running sandbox, or empty. */
  get id(): string {
    return this.#id;
  }

  get podIP(): string {
    return this.#network.podIP;
  }

  /** Connects from inside the pod's network, or returns undefined if this machine can reach it. */
  async connect(host: string, port: number): Promise<Connection | undefined> {
    const { reach } = this.#run;
    if (host !== this.podIP || (await reach.isDirect(this.#id, this.#network))) return undefined;
    // Inside, the pod's own IP is on its loopback interface, which stays connected.
    if (this.isCut) return createUnansweredConnection();
    return this.#dialer?.connect(host, port);
  }

  /** Returns the cgroups of the pod's containers, or undefined if this machine does not run them. */
  get cgroupOf(): CgroupOf | undefined {
    return this.#cgroupOf;
  }

  /** True if the network of the running sandbox is disconnected from all others. */
  get isCut(): boolean {
    return this.#cutId !== '' && this.#cutId === this.#id;
  }

  set isCut(isCut: boolean) {
    this.#cutId = isCut ? this.#id : '';
  }

  get hasNetworkOfHost(): boolean {
    return this.#pod.pod.spec.hostNetwork === true;
  }

  /** The values that the pod's environment and volumes can contain. */
  get surroundings(): PodSurroundings {
    const { pod, config, kubernetesVersion } = this.#pod;
    const { allocatable } = this.#run.engine;
    return { pod, config, kubernetesVersion, node: { nodeName: hostname(), allocatable, ...this.#network } };
  }

  /**
   * Creates the sandbox.
   *
   * @throws RuntimeError if the engine cannot create it.
   */
  async create(attempt: number): Promise<void> {
    const { engine, pauseImage } = this.#run;
    const unmounted = mountFailures(this.surroundings).map(failedByConfig);
    if (unmounted.length > 0) return this.#emit({ kind: 'VolumesNotMounted', volumes: unmounted });
    const name = nameOnEngine(this.#pod, 'POD', attempt);
    const holderName = nameOnEngine(this.#pod, 'VOLUMES', attempt);
    const { pod, hosts } = this.#pod;
    const placement = { image: pauseImage, labels: makePodLabels(this.#run, this.#pod) };
    try {
      const volumes = await this.#volumes.make((container) => this.#envOf(container));
      const mounts = [logsVolume(placement.labels), ...volumes];
      const isHeldApart = needsHolder(pod);
      const options = sandboxOptions(pod, { ...placement, name }, engine.host, isHeldApart ? [] : mounts, hosts);
      const [sandbox, apart] = await Promise.all([
        this.#startSandbox(options, !isHeldApart),
        isHeldApart ? this.#startHolder(holderOptions({ ...placement, name: holderName }, mounts)) : undefined,
      ]);
      const holder = apart ?? sandbox;
      this.#id = sandbox.Id;
      this.#cgroupOf = findCgroups(sandbox.Id, sandbox.State.Pid);
      this.#dialer = new InsideDialer(this.#docker, sandbox.Id);
      await this.#volumes.fill(holder.Id, this.#files());
      this.#network = await readSandboxNetwork(engine, sandbox);
      this.#terminationLogs = new TerminationLogs(engine, holder, pod);
      // The first request is late without it, but not lost.
      this.#prepareDialer().catch(() => {});
      this.#emit({ kind: 'SandboxStarted', id: sandbox.Id, podIP: this.#network.podIP });
    } catch (error) {
      if (getResponseStatus(error) === undefined) throw error;
      // The next attempt needs the same names.
      this.#release();
      for (const left of [name, holderName]) {
        await unlessGone(this.#docker.getContainer(left).remove({ force: true, v: true }));
      }
      const message = getEngineMessage(error);
      // A manifest can name a file that no file system accepts. Every other failure is the engine's.
      if (!TOO_LONG.test(message)) await this.#createAgain(attempt, message, error);
      else this.#emit({ kind: 'SandboxFailed', message });
    }
  }

  async #prepareDialer(): Promise<void> {
    const isDirect = await this.#run.reach.isDirect(this.#id, this.#network);
    if (!isDirect) await this.#dialer?.prepare();
  }

  /**
   * Tries again, because another process may have taken a port that the engine chose. A failure that persists is not
   * the pod's.
   */
  async #createAgain(attempt: number, message: string, cause: unknown): Promise<void> {
    this.#failures += 1;
    if (this.#failures === CREATIONS_MAX) {
      const wrong = `the container engine failed to create it: ${message}. Check the engine's log`;
      throw new RuntimeError('pod sandbox', wrong, { cause });
    }
    await sleep(CREATE_AGAIN_MS);
    await this.create(attempt);
  }

  async #startSandbox(options: CreateOptions, isHolder: boolean): Promise<ContainerInspection> {
    const { id } = await this.#docker.createContainer(options);
    if (isHolder) this.#keep(id);
    this.#run.exits.onExit(id, () => {
      if (this.#run.kept.release(id)) this.#pod.onBroken(endedByEngine());
      else this.#emit({ kind: 'SandboxStopped', id });
    });
    await this.#pod.connect?.(this.hasNetworkOfHost ? undefined : id);
    return this.#started(id);
  }

  async #startHolder(options: CreateOptions): Promise<ContainerInspection> {
    const { id } = await this.#docker.createContainer(options);
    this.#keep(id);
    this.#run.exits.onExit(id, () => {
      if (this.#run.kept.release(id)) this.#pod.onBroken(endedByEngine());
    });
    return this.#started(id);
  }

  /** Records that the container which holds the volumes must run until it is released. */
  #keep(id: string): void {
    this.#holderId = id;
    if (!this.#isAbandoned) this.#run.kept.keep(id);
  }

  #release(): void {
    this.#run.kept.release(this.#holderId);
  }

  /**
   * Ends the watch over the sandbox, before the pod is removed. An end of its sandbox, even of one that is being
   * created, does not count as a loss after that.
   */
  abandon(): void {
    this.#isAbandoned = true;
    this.#release();
  }

  async #started(id: string): Promise<ContainerInspection> {
    const container = this.#docker.getContainer(id);
    await container.start();
    return container.inspect();
  }

  async stop(id: string): Promise<void> {
    // The exit is reported before this resolves, and the next sandbox has its own holder.
    const holderId = this.#holderId;
    this.#release();
    try {
      await this.#kill(id);
    } catch (error) {
      if (!isStoppedError(error)) throw error;
      this.#emit({ kind: 'SandboxStopped', id });
    }
    if (holderId === id) return;
    this.#run.exits.forget(holderId);
    await this.#kill(holderId).catch(() => {});
  }

  #kill(id: string): Promise<unknown> {
    return this.#docker.getContainer(id).kill({ signal: 'SIGKILL' });
  }

  /**
   * Returns the address at which this machine reaches a port that a container lists, or undefined for any other port.
   */
  async addressOf(port: number): Promise<string | undefined> {
    const { engine } = this.#run;
    const published = await findHostPort(engine, this.#id, port);
    return published === undefined ? undefined : `${engine.host}:${published}`;
  }

  /** Returns the mounts of the pod's volumes for a container. `env` are its variables. */
  mountsOf(container: Container, env: Readonly<Record<string, string>>): Promise<Mounts> {
    return this.#volumes.mountsOf(container, env);
  }

  /** Returns the file for the termination message of a container's next instance. */
  async terminationLog(container: Container): Promise<Mount | undefined> {
    return this.#terminationLogs?.mount(container);
  }

  /** Returns the content of the file of an instance that has exited. */
  async readTerminationLog(container: Container): Promise<string> {
    return (await this.#terminationLogs?.read(container)) ?? '';
  }

  /** Returns the variables of a container, as far as they are known before its pod has a network. */
  #envOf(container: Container): Readonly<Record<string, string>> {
    const env = makeEnvironmentVariables(container, this.surroundings);
    return 'value' in env ? env.value : {};
  }

  /** Returns the files of the volumes that are made from configuration. */
  #files() {
    const around = this.surroundings;
    const files: Record<string, readonly VolumeFile[]> = {};
    for (const volume of mountedVolumes(around.pod.spec)) {
      const content = volumeContent(volume, around);
      if (content && 'value' in content) files[volume.name] = content.value;
    }
    return files;
  }

  get #docker() {
    return this.#run.engine.docker;
  }
}
