import { after, type Instant } from '../../clock/instant';
import { RealClock } from '../../clock/real';
import {
  behaviorOf,
  type Command,
  createPod,
  DEFAULT_CONFIG,
  endsContainerOnOOM,
  type Observation,
} from '../../kubelet';
import { hiderOf } from '../../masking/masker';
import type { RunProbe } from '../../probes/attempt';
import { type Dialling, runHook } from '../../probes/dial';
import { pidsIn, readContainer } from '../../runtime/docker/cpu/container';
import { readMachine } from '../../runtime/docker/cpu/machine';
import { DockerRuntime } from '../../runtime/docker/dockerRuntime';
import type { Run } from '../../runtime/docker/run';
import { overloaded } from '../../runtime/overloaded';
import { RuntimeError } from '../../runtime/runtimeError';
import { hideIn } from '../../timeline/hideIn';
import { errorData } from '../ipc/errorData';
import type { PodOrder, Tell } from '../ipc/messages';
import { Outbox } from '../ipc/outbox';
import { FairEvents } from '../overload/fairEvents';
import { retryDelayedProbe } from '../overload/retryDelayedProbe';
import { Starvation } from '../overload/starvation';
import { Actions } from './actions';
import { attempt } from './attempt';
import { Calm } from './calm';
import { Clients } from './clients';
import { Driver } from './driver';
import { ListenerSamples } from './listenerSamples';
import type { PodServices } from './podServices';
import { ProcessSamples } from './processSamples';

/** How long something the test does waits for its container to run, on the pod's clock: longer than any back-off. */
const PATIENCE_MS = 600_000;
const NOTHING_MISSED = Number.POSITIVE_INFINITY;

export interface Telling {
  readonly tell: Tell;
  /** Whether no other pod of this test process is still starting. */
  readonly othersAreUp: () => boolean;
  /** The pod has got on, and others may have waited for that. */
  readonly onProgress: () => void;
}

/** A pod of the test process as it lives in the agent: its kubelet and its containers. */
export class AgentPod {
  /** The run it belongs to. */
  readonly run: Run;
  readonly createdAtMs: number;
  /** Rejects when the pod's run breaks: no answer from its engine is to be waited for then. */
  readonly whenBroken: Promise<never>;
  readonly #key: string;
  readonly #tell: Telling['tell'];
  readonly #clock = new RealClock();
  /** Takes out of a text what the pod's Secrets hold. */
  readonly hide: (text: string) => string;
  readonly #services: PodServices;
  /** Who asks the pod by HTTP. */
  readonly clients: Clients;
  /** What the test does to it. */
  readonly acts: Actions;
  readonly #outbox: Outbox;
  readonly #runtime: DockerRuntime;
  readonly #dialling: Dialling;
  readonly #looks: ProcessSamples;
  readonly #listeners: ListenerSamples;
  readonly #starvation: Starvation;
  readonly #fair: FairEvents;
  readonly #driver: Driver;
  /** Called whenever the pod has got on. */
  readonly #waiting = new Set<() => void>();
  #broken: Error | undefined;
  #onBroken: (error: Error) => void = () => {};

  constructor(
    run: Run,
    { key, pod, found, givenImages, backend, skipBackOff, skips, config }: PodOrder,
    services: PodServices,
    telling: Telling,
  ) {
    this.run = run;
    this.whenBroken = new Promise((_, reject) => {
      this.#onBroken = reject;
    });
    this.whenBroken.catch(() => {});
    // By definition a pod is created at a whole second.
    this.createdAtMs = Math.floor(Date.now() / 1_000) * 1_000;
    this.#key = key;
    this.#services = services;
    this.#tell = telling.tell;
    const settings = { ...DEFAULT_CONFIG, ...config };
    const { kubernetesVersion, featureGates } = settings;
    const hide = hiderOf(found);
    this.hide = hide;
    this.clients = new Clients(backend, {
      now: () => this.#clock.now(),
      connectInside: (host, port) => this.#runtime.connectInside(host, port),
      onStart: (detail) => this.#driver.record({ action: 'requests', detail }),
      tell: (event) => this.#driver.note(event),
      occupy: () => this.#driver.occupy(),
    });
    this.#outbox = new Outbox({
      now: () => this.#clock.now(),
      hide,
      send: (lines, onTaken) => telling.tell({ kind: 'Wrote', key, lines }, onTaken),
    });
    this.#runtime = new DockerRuntime(run, {
      key: `${run.id}.${key}`,
      pod,
      config: found,
      kubernetesVersion,
      endsOnOOM: endsContainerOnOOM(settings),
      givenImages,
      hosts: services.hosts,
      connect: (sandboxId) => services.connect(sandboxId),
      emit: (seen) => this.#driver.observe(withoutSecrets(seen, hide)),
      onWritten: (written) => this.#outbox.add(written),
      onBroken: (error) => this.break(error),
    });
    this.#dialling = {
      execInContainer: this.#runtime.execInContainer,
      connectInside: this.#runtime.connectInside,
      kubernetesVersion,
      execProbeTimeout: behaviorOf(kubernetesVersion, featureGates).execTimeoutFails,
      pod: pod.metadata,
    };
    this.#looks = new ProcessSamples(
      pod,
      (id) => this.#processes(id).catch(() => undefined),
      (seen) => this.#driver.note({ source: 'runtime', kind: 'ProcessesSeen', at: this.#clock.now(), ...seen }),
    );
    this.#listeners = new ListenerSamples(
      (container) => this.#runtime.listeners(container),
      (seen) => this.#driver.note({ source: 'runtime', kind: 'ListenersSeen', at: this.#clock.now(), ...seen }),
    );
    this.#starvation = new Starvation({
      now: () => this.#clock.now(),
      machine: readMachine,
      cgroupOf: (id) => this.#runtime.cgroupOf(id),
      container: readContainer,
      pids: pidsIn,
      services: () => services.containers,
    });
    const isFrozen = (id: string) => this.#runtime.faults.isFrozen(id);
    const fair = new FairEvents(pod, (from, answering) => this.#starvation.since(from, { answering }));
    this.#fair = fair;
    this.#driver = new Driver(createPod(pod, { ...config, allocatable: run.engine.allocatable }), {
      clock: this.#clock,
      perform: (command) => this.#perform(command),
      checkFair: (events) => fair.check(events),
      publish: (events) => {
        // What a container wrote before something happened is told before it: all of it at its end.
        this.#outbox.flush({ all: events.some(({ kind }) => kind === 'ContainerExited') });
        telling.tell({ kind: 'Happened', key, events: events.map((event) => hideIn(event, hide)) });
        this.clients.follow(events);
        this.#looks.onEvents(events);
        this.#starvation.onEvents(events);
        this.#gotOn();
        telling.onProgress();
      },
      clockReached: (at) => {
        this.#outbox.flush();
        telling.tell({ kind: 'ClockReached', key, at });
        this.#gotOn();
      },
      ...(skips && { skips: { isFrozen, calm: new Calm(skips, isFrozen) } }),
      maySkip: () => skipBackOff && telling.othersAreUp() && !services.isStarting,
      rested: (told) => telling.tell({ kind: 'Rested', key, told }),
      ended: () => {
        telling.tell({ kind: 'Ended', key });
        this.#gotOn();
      },
      broke: (error) => this.break(error),
    });
    this.acts = new Actions({
      driver: this.#driver,
      runtime: this.#runtime,
      services,
      processes: (id) => this.#processes(id),
      eventually: (where, wrong, find) => this.#eventually(where, wrong, find),
    });
  }

  get isStarting(): boolean {
    return this.#driver.isStarting;
  }

  proceed(): void {
    this.#driver.proceed();
  }

  /** Somebody who has seen that many events waits for more of them, or for `until`. */
  await(until: Instant, seen: number): void {
    this.#driver.await(until, seen);
  }

  /** Why what has not happened since then shows nothing about the app; null where it does. */
  whyUnfair(since: Instant): string | null {
    const why = this.#fair.whyUnfair(since);
    return why === undefined ? null : overloaded(why).message;
  }

  /** Removes the pod at once, without a rehearsal of its end. */
  async remove(): Promise<void> {
    this.#driver.stop();
    this.clients.abandon();
    this.#looks.close();
    this.#starvation.close();
    this.#gotOn();
    await Promise.all([this.#runtime.remove(), this.#services.leave()]);
    this.#outbox.flush({ all: true });
    this.#outbox.close();
    this.#tell({ kind: 'Ended', key: this.#key });
  }

  /** The run cannot go on: what came of it so far is all that can be told. */
  break(error: unknown): void {
    this.#broken ??= error instanceof Error ? error : new Error(String(error));
    this.#driver.stop();
    this.clients.abandon();
    this.#looks.close();
    this.#starvation.close();
    this.#outbox.flush({ all: true });
    this.#tell({ kind: 'Broke', key: this.#key, error: errorData(this.#broken, this.hide) });
    this.#onBroken(this.#broken);
    this.#gotOn();
  }

  #perform(command: Command): void {
    this.#looks.onCommand(command);
    if (command.kind === 'RunProbe') void this.#probe(command).catch((error: unknown) => this.break(error));
    else if (command.kind === 'RunHook') void this.#hook(command);
    else this.#starvation.watchEngine(this.#runtime.perform(command));
  }

  async #probe(command: RunProbe): Promise<void> {
    const { container, type: probe, id } = command;
    const timeoutMs = command.probe.timeoutSeconds * 1_000;
    const answer = {
      whose: `the ${probe} probe of ${container.name}`,
      timeoutMs,
      // A command runs beside what is frozen.
      isFrozen: () => command.probe.exec === undefined && this.#runtime.faults.isFrozen(id),
      watchApp: () =>
        command.probe.exec ? this.#starvation.watchCommand(id, timeoutMs) : this.#starvation.watch(timeoutMs),
    };
    const outcome = await retryDelayedProbe(
      answer,
      () => attempt(command, this.#dialling, { driver: this.#driver, now: () => this.#clock.now() }),
      (byMs) => {
        const at = this.#clock.now();
        this.#driver.note({ source: 'runtime', kind: 'HeldUp', at, byMs, container: container.name, probe });
      },
    );
    if (outcome.result === 'Unjudged') {
      this.#fair.onUnjudged({ container: container.name, probe, at: this.#clock.now(), why: outcome.why });
      return this.#driver.observe({ kind: 'ProbeUnjudged', run: command.run });
    }
    this.#listeners.onProbe(container.name, outcome.output);
    this.#driver.observe({ kind: 'ProbeAnswered', run: command.run, outcome });
  }

  async #hook(command: Extract<Command, { kind: 'RunHook' }>): Promise<void> {
    const outcome = await runHook(command, this.#dialling);
    this.#driver.observe({ kind: 'HookAnswered', run: command.run, outcome });
  }

  /** A Secret may stand on a command line. */
  async #processes(id: string) {
    const seen = await this.#runtime.processes(id);
    return seen && { ...seen, processes: seen.processes.map((one) => ({ ...one, args: this.hide(one.args) })) };
  }

  #gotOn(): void {
    for (const ask of this.#waiting) ask();
  }

  #eventually<T>(where: string, wrong: string, find: () => T | undefined): Promise<T> {
    const deadline = after(this.#clock.now(), PATIENCE_MS);
    return new Promise((resolve, reject) => {
      const ask = (): void => {
        const found = find();
        if (found === undefined && !this.#isHopeless(deadline)) {
          this.#driver.await(deadline, NOTHING_MISSED);
          return;
        }
        this.#waiting.delete(ask);
        if (found !== undefined) resolve(found);
        else
          reject(
            this.#broken ?? new RuntimeError(where, `${wrong}; the pod's phase is ${this.#driver.state.status.phase}`),
          );
      };
      this.#waiting.add(ask);
      ask();
    });
  }

  #isHopeless(deadline: Instant): boolean {
    return this.#driver.isAtRest || this.#clock.now() >= deadline;
  }
}

/** What the engine complains about may quote a command with a Secret in it. */
function withoutSecrets(seen: Observation, hide: (text: string) => string): Observation {
  return 'message' in seen && seen.message !== undefined ? { ...seen, message: hide(seen.message) } : seen;
}
