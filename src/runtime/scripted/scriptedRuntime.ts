import { after, earliest, type Instant } from '../../clock/instant';
import type { Command, FailedStart, Observation } from '../../kubelet/state/protocol';
import { type Config, NO_CONFIG } from '../../manifest/config/config';
import type { OnNode } from '../../manifest/config/downwardAPI';
import { makeEnvironmentVariables, type PodSurroundings } from '../../manifest/config/environment';
import { mountFailures } from '../../manifest/config/volumes';
import type { Container, Pod } from '../../manifest/model';
import { formatURL } from '../../probes/http/url';
import { failedByConfig } from '../failedStart';
import { verifyRunAsNonRoot } from '../runAsNonRoot';
import { Agenda } from './agenda';
import { type After, getClientStatus } from './answers';
import { commandFailure, pullFailure, startFailure } from './containerd';
import { ScriptedProcess } from './process';
import { behaviorAt, entriesOfRun, type ProcessBehavior, type TimedEntry } from './processBehavior';
import type { AppScript } from './script';
import { ScriptedCommands } from './scriptedCommands';

/** Durations of the runtime's own work, in ms: a subset of a kubelet's profile. */
export interface RuntimeDelays {
  readonly sandboxMs: number;
  readonly pullMs: number;
  readonly repullMs: number;
  readonly startMs: number;
  readonly stopMs: number;
}

/** Rules that depend on the kubelet's version, gates and settings. */
export interface RuntimeRules {
  /** True if an OOM kill of a child process ends the container. Default: true. */
  readonly endsOnOOM?: boolean;
  /** True if the feature gate `ExecProbeTimeout` is on. Default: true. */
  readonly execProbeTimeout?: boolean;
}

const NODE: OnNode = {
  nodeName: 'node',
  hostIP: '10.244.0.1',
  podIP: '10.244.0.7',
  allocatable: { cpu: '4', memory: '16Gi' },
};

/**
 * A container runtime that runs a script in virtual time. It receives each command with its instant, and its caller
 * takes the observations; the script's events at an instant come before those of the kubelet.
 */
export class ScriptedRuntime {
  readonly #script: AppScript;
  readonly #around: PodSurroundings;
  readonly #delays: RuntimeDelays;
  readonly #endsOnOOM: boolean;
  readonly #agenda = new Agenda();
  readonly #processes = new Map<string, ScriptedProcess>();
  readonly #runs = new Map<string, number>();
  readonly #pulled = new Set<string>();
  readonly #commands: ScriptedCommands;
  readonly #pullingSince = new Map<string, Instant>();
  #ids = 0;
  #sandbox = '';

  constructor(
    script: AppScript,
    pod: Pod,
    kubernetesVersion: string,
    delays: RuntimeDelays,
    config: Config = NO_CONFIG,
    { endsOnOOM = true, execProbeTimeout = true }: RuntimeRules = {},
  ) {
    this.#endsOnOOM = endsOnOOM;
    this.#script = script;
    this.#around = { pod, config, kubernetesVersion, node: NODE };
    this.#delays = delays;
    this.#commands = new ScriptedCommands({
      pod: pod.metadata,
      kubernetesVersion,
      execProbeTimeout,
      agenda: this.#agenda,
      process: (id) => this.#processes.get(id),
      behaviors: (at) => this.#behaviors(at),
    });
  }

  /** The instant of the next observation or output. */
  get nextAt(): Instant {
    let at = this.#agenda.nextAt;
    for (const { exitAt, writesAt } of this.#processes.values()) at = earliest(at, exitAt, writesAt);
    return at;
  }

  /** Returns the output of the processes until `at`, once. It must be taken before the observations. */
  takeWritten(at: Instant) {
    const taken: ReturnType<ScriptedProcess['takeWritten']>[number][] = [];
    for (const process of this.#processes.values()) if (process.writesAt <= at) taken.push(...process.takeWritten(at));
    return taken;
  }

  /** Returns the next observation that is due by `at`, exits first. */
  take(at: Instant): Observation | undefined {
    for (const process of this.#processes.values()) {
      if (process.exitAt <= at) return this.#exit(process);
    }
    return this.#agenda.take(at);
  }

  perform(command: Command, at: Instant): void {
    switch (command.kind) {
      case 'CreateSandbox':
        return this.#createSandbox(at);
      case 'StopSandbox':
        return this.#agenda.add(at, { kind: 'SandboxStopped', id: command.id });
      case 'InspectImage':
        return this.#inspect(command.container, command.image, at);
      case 'PullImage':
        return this.#pull(command.container, command.image, at);
      case 'CreateContainer':
        return this.#create(command.container, command.attempt, at);
      case 'StartContainer':
        return this.#start(command.id, at);
      case 'SignalContainer':
        return this.#processes.get(command.id)?.signal(command.signal, at, this.#delays.stopMs);
      case 'RemoveContainer':
        this.#processes.delete(command.id);
        return this.#agenda.add(at, { kind: 'ContainerRemoved', id: command.id });
      case 'RunProbe':
      case 'RunHook':
        return this.#commands.run(command, at);
    }
  }

  /** Returns the status of an HTTP request to the pod, or undefined if no process accepts the connection. */
  request(scheme: 'http' | 'https', port: number, path: string, at: Instant): After<number> | undefined {
    return getClientStatus(this.#behaviors(at), formatURL(scheme, NODE.podIP, port, path));
  }

  #createSandbox(at: Instant): void {
    const volumes = mountFailures(this.#around).map(failedByConfig);
    if (volumes.length > 0) return this.#agenda.add(at, { kind: 'VolumesNotMounted', volumes });
    this.#sandbox = this.#newId('sandbox');
    this.#agenda.add(after(at, this.#delays.sandboxMs), {
      kind: 'SandboxStarted',
      id: this.#sandbox,
      podIP: NODE.podIP,
    });
  }

  /** Ends the sandbox and everything in it. */
  killSandbox(at: Instant): void {
    for (const process of this.#processes.values()) process.end(at);
    this.#agenda.add(at, { kind: 'SandboxStopped', id: this.#sandbox });
  }

  /** Freezes a container's process. Returns false if it does not run. */
  freeze(container: string): boolean {
    const process = this.#process(container);
    process?.freeze();
    return process !== undefined;
  }

  /** Continues the process. All probes and hooks that still wait are run again now. */
  thaw(container: string, at: Instant): boolean {
    const process = this.#process(container);
    process?.thaw(at);
    this.#commands.rerunUnanswered(at);
    return process !== undefined;
  }

  #process(container: string): ScriptedProcess | undefined {
    return [...this.#processes.values()].find((process) => process.container.name === container && process.isRunning);
  }

  /**
   * Sends a signal to a container's process: SIGKILL ends it, and any other counts as its stop signal. Returns
   * undefined if it does not run.
   */
  kill(container: string, signal: string, at: Instant): Pick<ScriptedProcess, 'isRunning'> | undefined {
    const process = this.#process(container);
    process?.signal(signal === 'SIGKILL' ? 'SIGKILL' : 'stop', at, this.#delays.stopMs);
    return process;
  }

  #inspect(container: string, image: string, at: Instant): void {
    if (this.#imagePull(container, at) === 'present') this.#pulled.add(image);
    this.#agenda.add(at, { kind: 'ImageInspected', container, present: this.#pulled.has(image) });
  }

  /** Returns the script's setting for the container's image, starting when the image is first needed. */
  #imagePull(name: string, at: Instant): ProcessBehavior['imagePull'] {
    const since = this.#pullingSince.get(name) ?? at;
    this.#pullingSince.set(name, since);
    return behaviorAt(this.#entries(name, (this.#runs.get(name) ?? 0) + 1), at - since).imagePull;
  }

  #pull(name: string, image: string, at: Instant): void {
    const imagePull = this.#imagePull(name, at);
    if (imagePull === 'fails' || typeof imagePull === 'object') {
      const failed = pullFailure(image, imagePull);
      return this.#agenda.add(at, { kind: 'ImagePullFailed', container: name, reason: 'ErrImagePull', ...failed });
    }
    const tookMs = this.#pulled.has(image) ? this.#delays.repullMs : this.#delays.pullMs;
    this.#pulled.add(image);
    this.#agenda.add(after(at, tookMs), { kind: 'ImagePulled', container: name, tookMs, sizeBytes: 0 });
  }

  #create(container: Container, attempt: number, at: Instant): void {
    const { name } = container;
    const reportFailure = (reason: string, why: FailedStart) =>
      this.#agenda.add(at, { kind: 'ContainerCreateFailed', container: name, reason, ...why });
    const run = (this.#runs.get(name) ?? 0) + 1;
    const entries = this.#entries(name, run);
    const { imageUser, missing } = behaviorAt(entries, 0);
    const asRoot = imageUser === undefined ? undefined : verifyRunAsNonRoot(this.#around.pod, container, imageUser);
    if (asRoot !== undefined) return reportFailure('CreateContainerConfigError', asRoot);
    const env = makeEnvironmentVariables(container, this.#around);
    if ('error' in env) return reportFailure('CreateContainerConfigError', failedByConfig(env));
    const id = this.#newId(name);
    if (missing === '') return reportFailure('CreateContainerError', { message: commandFailure(id) });
    this.#runs.set(name, run);
    this.#pullingSince.delete(name);
    this.#processes.set(id, new ScriptedProcess(id, container, attempt, entries, this.#endsOnOOM));
    this.#agenda.add(at, { kind: 'ContainerCreated', container: name, id });
  }

  #start(id: string, at: Instant): void {
    const process = this.#processes.get(id);
    if (!process) return;
    const startedAt = after(at, this.#delays.startMs + process.startLagMs);
    if (process.missing !== undefined) {
      this.#processes.delete(id);
      return this.#agenda.add(startedAt, { kind: 'ContainerStartFailed', id, ...startFailure(process.missing) });
    }
    process.start(startedAt);
    this.#agenda.add(startedAt, { kind: 'ContainerStarted', id });
    for (const afterMs of process.survivedOOMKillsMs)
      this.#agenda.add(after(startedAt, afterMs), { kind: 'ProcessOOMKilled', id, endsContainer: false });
    // A process that exits the moment it starts is reported as started first.
    if (process.exitAt <= startedAt) this.#agenda.add(startedAt, process.takeExit());
  }

  /** Ends the commands that still run inside, and returns the exit. */
  #exit(process: ScriptedProcess): Observation {
    for (const [run, answer] of process.inside) {
      if (this.#agenda.drop(run)) this.#agenda.add(process.exitAt, answer);
    }
    return process.takeExit();
  }

  #behaviors(at: Instant): ProcessBehavior[] {
    const behaviors: ProcessBehavior[] = [];
    for (const process of this.#processes.values()) if (process.isRunning) behaviors.push(process.behavior(at));
    return behaviors;
  }

  #entries(name: string, run: number): readonly TimedEntry[] {
    return entriesOfRun(this.#script[name] ?? [], run);
  }

  #newId(name: string): string {
    this.#ids += 1;
    return `${name}-${this.#ids}`;
  }
}
