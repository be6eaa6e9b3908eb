import { after, type Instant, NEVER } from '../../clock/instant';
import type { Command, HookOutcome, Observation, ProbeOutcome } from '../../kubelet/words';
import { type Config, NO_CONFIG } from '../../manifest/config';
import type { OnNode } from '../../manifest/downwardAPI';
import { makeEnvironmentVariables, type PodSurroundings } from '../../manifest/environment';
import type { Container, Pod } from '../../manifest/model';
import { mountFailures } from '../../manifest/volumes';
import { attemptProbe } from '../../probes/attempt';
import { terminationMessage } from '../terminationMessage';
import { type After, runScriptedHook, scriptedProbers } from './answers';
import { type Behaviour, behaviourAt, durationMs, entriesOfRun, exitOf, type TimedEntry } from './behaviour';
import type { AppScript, ScriptEntry } from './script';

/** How long the runtime's own work takes, in ms; a subset of a kubelet's profile. */
export interface RuntimeDelays {
  readonly pullMs: number;
  readonly repullMs: number;
  readonly startMs: number;
  readonly stopMs: number;
}

const NODE: OnNode = {
  nodeName: 'node',
  hostIP: '10.244.0.1',
  podIP: '10.244.0.7',
  allocatable: { cpu: '4', memory: '16Gi' },
};

/** One run of a container's process. */
interface Process {
  readonly id: string;
  readonly container: Container;
  readonly entries: readonly TimedEntry[];
  startedAt: Instant;
  termAt: Instant | undefined;
  exitAt: Instant;
  exitCode: number;
  state: 'created' | 'running' | 'exited';
  /** The present behaviour, as long as it holds. */
  behaviour: Behaviour | undefined;
  /** Answers to commands that run inside and end with it. */
  readonly inside: Map<number, (exitCode: number) => Observation>;
}

interface Due {
  readonly at: Instant;
  readonly seen: Observation;
}

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
  readonly #due: Due[] = [];
  readonly #processes = new Map<string, Process>();
  readonly #runs = new Map<string, number>();
  readonly #pulled = new Set<string>();
  readonly #pullingSince = new Map<string, Instant>();
  #ids = 0;
  #sandbox = '';

  constructor(
    script: AppScript,
    pod: Pod,
    kubernetesVersion: string,
    delays: RuntimeDelays,
    config: Config = NO_CONFIG,
  ) {
    this.#script = script;
    this.#around = { pod, config, kubernetesVersion, node: NODE };
    this.#delays = delays;
  }

  /** When it next has something to tell. */
  get nextAt(): Instant {
    let at: Instant = this.#due[0]?.at ?? NEVER;
    for (const { state, exitAt } of this.#processes.values()) {
      if (state === 'running' && exitAt < at) at = exitAt;
    }
    return at;
  }

  /** The next thing to tell at `at`, if any: exits first. */
  take(at: Instant): Observation | undefined {
    for (const process of this.#processes.values()) {
      if (process.state === 'running' && process.exitAt <= at) return this.#exit(process);
    }
    const [first] = this.#due;
    if (!first || first.at > at) return undefined;
    this.#due.shift();
    return first.seen;
  }

  perform(command: Command, at: Instant): void {
    switch (command.kind) {
      case 'CreateSandbox':
        return this.#createSandbox(at);
      case 'StopSandbox':
        return this.#tell(at, { kind: 'SandboxStopped', id: command.id });
      case 'InspectImage':
        return this.#tell(at, { ...command, kind: 'ImageInspected', present: this.#pulled.has(command.image) });
      case 'PullImage':
        return this.#pull(command.container, command.image, at);
      case 'CreateContainer':
        return this.#create(command.container, at);
      case 'StartContainer':
        return this.#start(command.id, at);
      case 'SignalContainer':
        return this.#signal(command.id, command.signal, at);
      case 'RemoveContainer':
        this.#processes.delete(command.id);
        return this.#tell(at, { kind: 'ContainerRemoved', id: command.id });
      case 'RunProbe':
        return this.#probe(command, at);
      case 'RunHook':
        return this.#hook(command, at);
    }
  }

  #createSandbox(at: Instant): void {
    const messages = mountFailures(this.#around);
    if (messages.length > 0) return this.#tell(at, { kind: 'VolumesNotMounted', messages });
    this.#sandbox = this.#newId('sandbox');
    this.#tell(at, { kind: 'SandboxStarted', id: this.#sandbox, podIP: NODE.podIP });
  }

  /** The sandbox dies with everything in it. */
  killSandbox(at: Instant): void {
    for (const process of this.#processes.values()) this.#end(process, at, 137);
    this.#tell(at, { kind: 'SandboxStopped', id: this.#sandbox });
  }

  /** Sends a signal to a container's process from outside: SIGKILL ends it, any other counts as its stop signal. */
  kill(container: string, signal: string, at: Instant): void {
    const running = [...this.#processes.values()].find(
      (process) => process.container.name === container && process.state === 'running',
    );
    if (running) this.#signal(running.id, signal === 'SIGKILL' ? 'SIGKILL' : 'stop', at);
  }

  #pull(name: string, image: string, at: Instant): void {
    const since = this.#pullingSince.get(name) ?? at;
    this.#pullingSince.set(name, since);
    const entries = this.#entries(name, (this.#runs.get(name) ?? 0) + 1);
    if (behaviourAt(entries, at - since).imagePull === 'fails') {
      const message = `failed to pull and unpack image "${image}": not found`;
      return this.#tell(at, { kind: 'ImagePullFailed', container: name, reason: 'ErrImagePull', message });
    }
    const tookMs = this.#pulled.has(image) ? this.#delays.repullMs : this.#delays.pullMs;
    this.#pulled.add(image);
    this.#tell(after(at, tookMs), { kind: 'ImagePulled', container: name, tookMs, sizeBytes: 0 });
  }

  #create(container: Container, at: Instant): void {
    const env = makeEnvironmentVariables(container, this.#around);
    if ('error' in env) {
      const reason = 'CreateContainerConfigError';
      return this.#tell(at, { kind: 'ContainerCreateFailed', container: container.name, reason, message: env.error });
    }
    const run = (this.#runs.get(container.name) ?? 0) + 1;
    this.#runs.set(container.name, run);
    this.#pullingSince.delete(container.name);
    const id = this.#newId(container.name);
    this.#processes.set(id, {
      id,
      container,
      entries: this.#entries(container.name, run),
      startedAt: NEVER,
      termAt: undefined,
      exitAt: NEVER,
      exitCode: 0,
      state: 'created',
      behaviour: undefined,
      inside: new Map(),
    });
    this.#tell(at, { kind: 'ContainerCreated', container: container.name, id });
  }

  #start(id: string, at: Instant): void {
    const process = this.#processes.get(id);
    if (!process) return;
    const exit = exitOf(process.entries);
    process.startedAt = after(at, this.#delays.startMs);
    process.state = 'running';
    if (exit) {
      process.exitAt = after(process.startedAt, exit.atMs);
      process.exitCode = exit.code;
    }
    // Told before the exit of a process that ends at once.
    this.#tell(process.startedAt, { kind: 'ContainerStarted', id });
    if (process.exitAt <= process.startedAt) this.#holdExit(process);
  }

  /** A process that ends the moment it starts is told to have started first. */
  #holdExit(process: Process): void {
    const exitCode = process.exitCode;
    process.exitAt = NEVER;
    this.#insert({ at: process.startedAt, seen: { kind: 'ContainerExited', ...this.#ending(process, exitCode) } });
    process.state = 'exited';
  }

  #signal(id: string, signal: 'stop' | 'SIGKILL', at: Instant): void {
    const process = this.#processes.get(id);
    if (process?.state !== 'running') return;
    if (signal === 'SIGKILL') return this.#end(process, after(at, this.#delays.stopMs), 137);
    const { exitAfter, code, ignore } = this.#behaviour(process, at).onTerm ?? { code: 143 };
    process.termAt = at;
    process.behaviour = undefined;
    if (ignore || (exitAfter === undefined && code === undefined)) return;
    const afterMs = (exitAfter === undefined ? 0 : durationMs(exitAfter)) + this.#delays.stopMs;
    this.#end(process, after(at, afterMs), code ?? 143);
  }

  #end(process: Process, at: Instant, exitCode: number): void {
    if (process.state !== 'running' || process.exitAt <= at) return;
    process.exitAt = at;
    process.exitCode = exitCode;
  }

  #exit(process: Process): Observation {
    process.state = 'exited';
    for (const [run, answer] of process.inside) {
      this.#drop(run);
      this.#insert({ at: process.exitAt, seen: answer(137) });
    }
    return { kind: 'ContainerExited', ...this.#ending(process, process.exitCode) };
  }

  #ending(process: Process, exitCode: number) {
    const { container, id } = process;
    const lived = process.exitAt === NEVER ? 0 : process.exitAt - process.startedAt;
    const { files, stdout } = behaviourAt(process.entries, lived);
    const file = files[container.terminationMessagePath ?? '/dev/termination-log'] ?? '';
    const message = terminationMessage(container, exitCode, file, stdout);
    return { id, exitCode, ...(message === undefined ? {} : { message }) };
  }

  #probe(command: Extract<Command, { kind: 'RunProbe' }>, at: Instant): void {
    const own = this.#running(command.id);
    const probers = scriptedProbers(
      this.#behaviours(at),
      own && this.#behaviour(own, at),
      this.#around.kubernetesVersion,
    );
    const answer = attemptProbe(command, probers, this.#around.kubernetesVersion);
    const { afterMs, value }: After<ProbeOutcome> = 'afterMs' in answer ? answer : { afterMs: 0, value: answer };
    const { run } = command;
    if (afterMs > 0 && command.probe.exec && own) {
      own.inside.set(run, () => ({ kind: 'ProbeAnswered', run, outcome: { result: 'Failure', output: '' } }));
    }
    this.#tell(after(at, afterMs), { kind: 'ProbeAnswered', run, outcome: value });
  }

  #hook(command: Extract<Command, { kind: 'RunHook' }>, at: Instant): void {
    const own = this.#running(command.id);
    const behaviour = own && this.#behaviour(own, at);
    const answer = runScriptedHook(
      this.#behaviours(at),
      behaviour,
      command,
      this.#around.pod.metadata,
      this.#around.kubernetesVersion,
    );
    const { run } = command;
    const { afterMs, value } = answer;
    if (afterMs > 0 && own) {
      const outcome: HookOutcome = { failed: true, message: 'the container ended while its hook ran' };
      own.inside.set(run, () => ({ kind: 'HookAnswered', run, outcome }));
    }
    this.#tell(after(at, afterMs), { kind: 'HookAnswered', run, outcome: value });
  }

  #running(id: string): Process | undefined {
    const process = this.#processes.get(id);
    return process?.state === 'running' ? process : undefined;
  }

  #behaviours(at: Instant): Behaviour[] {
    const behaviours: Behaviour[] = [];
    for (const process of this.#processes.values()) {
      if (process.state === 'running') behaviours.push(this.#behaviour(process, at));
    }
    return behaviours;
  }

  #behaviour(process: Process, at: Instant): Behaviour {
    const sinceMs = at - process.startedAt;
    if (!process.behaviour || sinceMs >= process.behaviour.untilMs) {
      const scripted = behaviourAt(process.entries, sinceMs);
      const onTermExec = process.termAt === undefined ? undefined : scripted.onTerm?.exec;
      process.behaviour = onTermExec ? { ...scripted, exec: { ...scripted.exec, ...onTermExec } } : scripted;
    }
    return process.behaviour;
  }

  #entries(name: string, run: number): readonly TimedEntry[] {
    const entries: readonly ScriptEntry[] = this.#script[name] ?? [];
    return entriesOfRun(entries, run);
  }

  #tell(at: Instant, seen: Observation): void {
    if (at !== NEVER) this.#insert({ at, seen });
  }

  /** Keeps what is due in order: by time, then in the order in which it was said. */
  #insert(due: Due): void {
    let index = this.#due.length;
    while (index > 0 && (this.#due[index - 1] as Due).at > due.at) index -= 1;
    this.#due.splice(index, 0, due);
  }

  /** Takes back an answer that will not come any more. */
  #drop(run: number): void {
    const index = this.#due.findIndex(({ seen }) => 'run' in seen && seen.run === run);
    if (index >= 0) this.#due.splice(index, 1);
  }

  #newId(name: string): string {
    this.#ids += 1;
    return `${name}-${this.#ids}`;
  }
}
