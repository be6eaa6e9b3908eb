import type { Instant } from '../../clock/instant';
import { RealClock } from '../../clock/real';
import { createPod, DEFAULT_CONFIG, endsContainerOnOOM, type KubeletConfig, type Observation } from '../../kubelet';
import { hiderOf } from '../../masking/masker';
import { createOverloadError } from '../../runtime/createOverloadError';
import { listPids, readContainer } from '../../runtime/docker/cpu/container';
import { readMachine } from '../../runtime/docker/cpu/machine';
import { DockerRuntime } from '../../runtime/docker/dockerRuntime';
import type { Run } from '../../runtime/docker/run';
import type { DockerPod } from '../../runtime/docker/sandbox/dockerPod';
import { Calm } from '../driver/calm';
import { Driver, type DriverRules } from '../driver/driver';
import { Inbox } from '../driver/inbox';
import type { PodOrder, Tell } from '../ipc/messages';
import { FairEvents } from '../overload/fairEvents';
import { Starvation } from '../overload/starvation';
import { Actions } from './actions';
import { Clients } from './clients';
import { CommandRunner } from './commandRunner';
import type { PodServices } from './podServices';
import { ProcessSamples, processesWithoutSecrets } from './processSamples';
import { TestSide } from './testSide';
import { Waiters } from './waiters';

/** The readers of the machine that the agent runs on. */
const THIS_MACHINE = { machine: readMachine, container: readContainer, pids: listPids };

/** Ports of a pod to the agent around it. */
export interface AgentPorts {
  readonly tell: Tell;
  /** Returns true if no other pod of this test process is starting. */
  readonly othersAreUp: () => boolean;
  /** Called when the pod has made progress that other pods may wait for. */
  readonly onProgress: () => void;
}

/** A pod of the test process inside the agent: its kubelet and its containers. */
export class AgentPod {
  /** The run that the pod belongs to. */
  readonly run: Run;
  readonly createdAtMs: number;
  /** Rejects when the pod's run is aborted. No response of its engine should be awaited after that. */
  readonly whenBroken: Promise<never>;
  /** Removes the values of the pod's Secrets from a text. */
  readonly hide: (text: string) => string;
  /** The clients that the test has started. */
  readonly clients: Clients;
  /** The actions of the test on the pod. */
  readonly actions: Actions;
  readonly #services: PodServices;
  readonly #testSide: TestSide;
  readonly #runtime: DockerRuntime;
  readonly #samples: ProcessSamples;
  readonly #starvation: Starvation;
  readonly #fair: FairEvents;
  readonly #waiters: Waiters;
  readonly #driver: Driver;
  #broken: Error | undefined;
  #rejectBroken: (error: Error) => void = () => {};

  constructor(run: Run, order: PodOrder, services: PodServices, { tell, othersAreUp, onProgress }: AgentPorts) {
    const { key, pod, found, backend, config, skipBackOff } = order;
    const settings = { ...DEFAULT_CONFIG, ...config };
    this.run = run;
    this.whenBroken = new Promise((_, reject) => {
      this.#rejectBroken = reject;
    });
    this.whenBroken.catch(() => {});
    // The creation time of a pod is always a whole second.
    this.createdAtMs = Math.floor(Date.now() / 1_000) * 1_000;
    this.hide = hiderOf(found);
    this.#services = services;
    const inbox = new Inbox(new RealClock());
    const now = () => inbox.now();
    const testSide = new TestSide(key, tell, this.hide, now);
    const runtime = new DockerRuntime(run, this.#dockerPodOf(order, settings, inbox, testSide));
    const processes = processesWithoutSecrets(runtime, this.hide);
    this.clients = new Clients(backend, runtime.connectInside, inbox);
    this.#samples = new ProcessSamples(pod, processes, inbox);
    const cgroupOf = (id: string) => runtime.cgroupOf(id);
    const starvation = new Starvation({ ...THIS_MACHINE, now, cgroupOf, services: () => services.containers });
    const fair = new FairEvents(pod, starvation);
    const driver = new Driver(createPod(pod, { ...config, allocatable: run.engine.allocatable }), inbox, {
      fair,
      maySkip: () => skipBackOff && othersAreUp() && !services.isStarting,
      skips: skipsOf(order, runtime),
      onBroken: (error) => this.#onBroken(error),
    });
    this.#testSide = testSide;
    this.#runtime = runtime;
    this.#starvation = starvation;
    this.#fair = fair;
    this.#driver = driver;
    this.#waiters = new Waiters(driver, now);
    this.actions = new Actions({ inbox, driver, runtime, services, processes, waiters: this.#waiters });
    const commands = new CommandRunner({ pod, settings, inbox, driver, runtime, starvation, fair });
    const progress = { onEvents: onProgress };
    driver.begin(testSide, this.clients, this.#samples, starvation, commands, this.#waiters, progress);
  }

  get isStarting(): boolean {
    return this.#driver.isStarting;
  }

  proceed(): void {
    this.#driver.proceed();
  }

  /** Registers a waiter that has received `seen` events and waits for more of them, or for `until`. */
  await(until: Instant, seen: number): void {
    this.#driver.await(until, seen);
  }

  /** Returns why events that have not happened since then show nothing about the app, or null if they do. */
  explainUnfairness(since: Instant): string | null {
    const why = this.#fair.explainUnfairness(since);
    return why === undefined ? null : createOverloadError(why).message;
  }

  /** Removes the pod immediately, without simulating its termination. */
  async remove(): Promise<void> {
    this.#stop();
    this.#waiters.onEnded();
    await Promise.all([this.#runtime.remove(), this.#services.leave()]);
    this.#testSide.close();
  }

  /** Aborts the run. The test's side receives only the events until now. */
  break(error: unknown): void {
    this.#driver.break(error);
  }

  #onBroken(error: unknown): void {
    this.#broken ??= error instanceof Error ? error : new Error(String(error));
    this.#stop();
    this.#testSide.onBroken(this.#broken);
    this.#rejectBroken(this.#broken);
    this.#waiters.onBroken(this.#broken);
  }

  #dockerPodOf(order: PodOrder, settings: KubeletConfig, inbox: Inbox, testSide: TestSide): DockerPod {
    const { key, pod, found, givenImages } = order;
    return {
      key: `${this.run.id}.${key}`,
      pod,
      config: found,
      kubernetesVersion: settings.kubernetesVersion,
      endsOnOOM: endsContainerOnOOM(settings),
      givenImages,
      hosts: this.#services.hosts,
      connect: (sandboxId) => this.#services.connect(sandboxId),
      emit: (seen) => inbox.observe(withoutSecrets(seen, this.hide)),
      onWritten: (line) => testSide.onWritten(line),
      onBroken: (error) => inbox.break(error),
    };
  }

  #stop(): void {
    this.#driver.stop();
    this.clients.abandon();
    this.#samples.close();
    this.#starvation.close();
  }
}

function skipsOf({ skips }: PodOrder, { faults }: DockerRuntime): DriverRules['skips'] {
  const isFrozen = (id: string) => faults.isFrozen(id);
  return skips && { isFrozen, calm: new Calm(skips, isFrozen) };
}

/** Hides Secrets in an error message of the engine, because it may quote a command. */
function withoutSecrets(seen: Observation, hide: (text: string) => string): Observation {
  return 'message' in seen && seen.message !== undefined ? { ...seen, message: hide(seen.message) } : seen;
}
