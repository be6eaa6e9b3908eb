import { after, earliest, type Instant } from '../../clock/instant';
import type { Command, FailedStart, HookOutcome, Observation, ProbeOutcome } from '../../kubelet/state/protocol';
import { type Config, NO_CONFIG } from '../../manifest/config/config';
import type { OnNode } from '../../manifest/config/downwardAPI';
import { makeEnvironmentVariables, type PodSurroundings } from '../../manifest/config/environment';
import { mountFailures } from '../../manifest/config/volumes';
import type { Container, Pod } from '../../manifest/model';
import { aimProbe, ask, type ProbeAim, type RunProbe } from '../../probes/attempt';
import { formatURL } from '../../probes/http/url';
import { failedByConfig } from '../failedStart';
import { verifyRunAsNonRoot } from '../runAsNonRoot';
import { Agenda } from './agenda';
import { type After, clientStatusOf, runScriptedHook, scriptedProbers } from './answers';
import { type Behaviour, behaviourAt, entriesOfRun, type TimedEntry } from './behaviour';
import { commandFailure, pullFailure, startFailure } from './containerd';
import { ScriptedProcess } from './process';
import type { AppScript } from './script';

/** How long the runtime's own work takes, in ms; a subset of a kubelet's profile. */
export interface RuntimeDelays {
  readonly sandboxMs: number;
  readonly pullMs: number;
  readonly repullMs: number;
  readonly startMs: number;
  readonly stopMs: number;
}

/** What the kubelet's version, gates and settings decide about its processes and commands. */
export interface RuntimeRules {
  /** An OOM kill of a child process ends the container. Default: true. */
  readonly endsOnOOM?: boolean;
  /** The feature gate `ExecProbeTimeout`. Default: true. */
  readonly execProbeTimeout?: boolean;
}

const NODE: OnNode = {
  nodeName: 'node',
  hostIP: '10.244.0.1',
  podIP: '10.244.0.7',
  allocatable: { cpu: '4', memory: '16Gi' },
};

/**
 * A container runtime that plays a script on somebody else's clock: it is told when a command comes, and says what has
 * become of it when asked.
 *
 * What the script does at an instant comes before what the kubelet does then.
 */
export class ScriptedRuntime {
  readonly #script: AppScript;
  readonly #around: PodSurroundings;
  readonly #delays: RuntimeDelays;
  readonly #rules: Required<RuntimeRules>;
  readonly #agenda = new Agenda();
  readonly #processes = new Map<string, ScriptedProcess>();
  readonly #runs = new Map<string, number>();
  readonly #pulled = new Set<string>();
  /** A simulated day asks the same a quarter of a million times. */
  readonly #aims = new Map<string, ProbeAim>();
  /** What was asked while some process was frozen, by its run. */
  readonly #unanswered = new Map<number, Command>();
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
    this.#rules = { endsOnOOM, execProbeTimeout };
    this.#script = script;
    this.#around = { pod, config, kubernetesVersion, node: NODE };
    this.#delays = delays;
  }

  /** When it next has something to tell. */
  get nextAt(): Instant {
    let at = this.#agenda.nextAt;
    for (const { exitAt, writesAt } of this.#processes.values()) at = earliest(at, exitAt, writesAt);
    return at;
  }

  /** What the processes have written by `at`, once; to be asked for before what there is to tell. */
  takeWritten(at: Instant) {
    const taken: ReturnType<ScriptedProcess['takeWritten']>[number][] = [];
    for (const process of this.#processes.values()) if (process.writesAt <= at) taken.push(...process.takeWritten(at));
    return taken;
  }

  /** The next thing to tell at `at`, if any: exits first. */
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
        return this.#probe(command, at);
      case 'RunHook':
        return this.#hook(command, at);
    }
  }

  /** The status of what a client gets that asks the pod by HTTP; undefined where nobody takes its connection. */
  request(scheme: 'http' | 'https', port: number, path: string, at: Instant): After<number> | undefined {
    return clientStatusOf(this.#behaviours(at), formatURL(scheme, NODE.podIP, port, path));
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

  /** The sandbox dies with everything in it. */
  killSandbox(at: Instant): void {
    for (const process of this.#processes.values()) process.end(at);
    this.#agenda.add(at, { kind: 'SandboxStopped', id: this.#sandbox });
  }

  /** Stops a container's process where it stands; false where it does not run. */
  freeze(container: string): boolean {
    const process = this.#process(container);
    process?.freeze();
    return process !== undefined;
  }

  /** Lets it go on: what is still waited for is answered now. */
  thaw(container: string, at: Instant): boolean {
    const process = this.#process(container);
    process?.thaw(at);
    const asked = [...this.#unanswered];
    this.#unanswered.clear();
    for (const [run, command] of asked) if (this.#agenda.drop(run)) this.perform(command, at);
    return process !== undefined;
  }

  #process(container: string): ScriptedProcess | undefined {
    return [...this.#processes.values()].find((process) => process.container.name === container && process.isRunning);
  }

  /** Sends a signal to a container's process from outside: SIGKILL ends it, any other counts as its stop signal. Undefined where it does not run. */
  kill(container: string, signal: string, at: Instant): Pick<ScriptedProcess, 'isRunning'> | undefined {
    const process = this.#process(container);
    process?.signal(signal === 'SIGKILL' ? 'SIGKILL' : 'stop', at, this.#delays.stopMs);
    return process;
  }

  #inspect(container: string, image: string, at: Instant): void {
    if (this.#imagePull(container, at) === 'present') this.#pulled.add(image);
    this.#agenda.add(at, { kind: 'ImageInspected', container, present: this.#pulled.has(image) });
  }

  /** What the script says of the container's image, from the first time that it is needed. */
  #imagePull(name: string, at: Instant): Behaviour['imagePull'] {
    const since = this.#pullingSince.get(name) ?? at;
    this.#pullingSince.set(name, since);
    return behaviourAt(this.#entries(name, (this.#runs.get(name) ?? 0) + 1), at - since).imagePull;
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
    const failed = (reason: string, why: FailedStart) =>
      this.#agenda.add(at, { kind: 'ContainerCreateFailed', container: name, reason, ...why });
    const run = (this.#runs.get(name) ?? 0) + 1;
    const entries = this.#entries(name, run);
    const { imageUser, missing } = behaviourAt(entries, 0);
    const asRoot = imageUser === undefined ? undefined : verifyRunAsNonRoot(this.#around.pod, container, imageUser);
    if (asRoot !== undefined) return failed('CreateContainerConfigError', asRoot);
    const env = makeEnvironmentVariables(container, this.#around);
    if ('error' in env) return failed('CreateContainerConfigError', failedByConfig(env));
    const id = this.#newId(name);
    if (missing === '') return failed('CreateContainerError', { message: commandFailure(id) });
    this.#runs.set(name, run);
    this.#pullingSince.delete(name);
    this.#processes.set(id, new ScriptedProcess(id, container, attempt, entries, this.#rules.endsOnOOM));
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
    // A process that ends the moment it starts is told to have started first.
    if (process.exitAt <= startedAt) this.#agenda.add(startedAt, process.exited());
  }

  /** What runs inside ends with it, as far as it has not ended before. */
  #exit(process: ScriptedProcess): Observation {
    for (const [run, answer] of process.inside) {
      if (this.#agenda.drop(run)) this.#agenda.add(process.exitAt, answer);
    }
    return process.exited();
  }

  #probe(command: RunProbe, at: Instant): void {
    const { run } = command;
    const { kubernetesVersion } = this.#around;
    const { execProbeTimeout } = this.#rules;
    const own = this.#running(command.id);
    const kubelet = { kubernetesVersion, execProbeTimeout };
    const probers = scriptedProbers(this.#behaviours(at), own?.behaviour(at), kubelet);
    const answer = ask(this.#aimOf(command), command, probers);
    const known: After<ProbeOutcome> = 'afterMs' in answer ? answer : { afterMs: 0, value: answer };
    const { afterMs, value, cutShort } = known;
    if (!command.probe.exec) this.#note(command, at);
    if (afterMs > 0 && cutShort) own?.inside.set(run, { kind: 'ProbeAnswered', run, outcome: cutShort });
    this.#agenda.add(after(at, afterMs), { kind: 'ProbeAnswered', run, outcome: value });
  }

  /** The pod's IP stays what it is, so does whom a probe asks. */
  #aimOf(command: RunProbe): ProbeAim {
    const key = `${command.container.name} ${command.type}`;
    const known = this.#aims.get(key);
    if (known) return known;
    const aim = aimProbe(command, this.#around.kubernetesVersion);
    this.#aims.set(key, aim);
    return aim;
  }

  #hook(command: Extract<Command, { kind: 'RunHook' }>, at: Instant): void {
    const { run } = command;
    const { kubernetesVersion, pod } = this.#around;
    const own = this.#running(command.id);
    const running = this.#behaviours(at);
    const { afterMs, value } = runScriptedHook(running, own?.behaviour(at), command, pod.metadata, kubernetesVersion);
    if (!command.handler.exec) this.#note(command, at);
    if (afterMs > 0) {
      const outcome: HookOutcome = { failed: true, message: 'the container ended while its hook ran' };
      own?.inside.set(run, { kind: 'HookAnswered', run, outcome });
    }
    this.#agenda.add(after(at, afterMs), { kind: 'HookAnswered', run, outcome: value });
  }

  /** Notes what a frozen process may be asked: it answers once it is thawed. */
  #note(command: Extract<Command, { readonly run: number }>, at: Instant): void {
    if (this.#behaviours(at).some(({ isFrozen }) => isFrozen)) this.#unanswered.set(command.run, command);
  }

  #running(id: string): ScriptedProcess | undefined {
    const process = this.#processes.get(id);
    return process?.isRunning ? process : undefined;
  }

  #behaviours(at: Instant): Behaviour[] {
    const behaviours: Behaviour[] = [];
    for (const process of this.#processes.values()) if (process.isRunning) behaviours.push(process.behaviour(at));
    return behaviours;
  }

  #entries(name: string, run: number): readonly TimedEntry[] {
    return entriesOfRun(this.#script[name] ?? [], run);
  }

  #newId(name: string): string {
    this.#ids += 1;
    return `${name}-${this.#ids}`;
  }
}
