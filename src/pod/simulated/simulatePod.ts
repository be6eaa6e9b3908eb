import { type Duration, parseDuration } from '../../clock/duration';
import { after, type Instant, NEVER } from '../../clock/instant';
import {
  type Allocatable,
  type CgroupVersion,
  DEFAULT_CONFIG,
  IDEAL,
  type KubeletConfig,
  type Profile,
  random,
} from '../../kubelet';
import { REFUSED } from '../../manifest/admission/fields';
import { type Config, NO_CONFIG } from '../../manifest/config/config';
import type { GivenConfig } from '../../manifest/config/configObjects';
import { type LoadPodOptions, loadManifest } from '../../manifest/loadPod';
import type { Pod } from '../../manifest/model';
import { containersOf } from '../../manifest/model';
import type { ManifestSource } from '../../manifest/source/source';
import type { ServiceBackend } from '../../manifest/workload/backend';
import { hiderOf } from '../../masking/masker';
import { RuntimeError } from '../../runtime/runtimeError';
import { checkScript } from '../../runtime/scripted/checkScript';
import type { AppScript } from '../../runtime/scripted/script';
import type { KubeletEvent } from '../../timeline/event';
import type { BackOffRange } from '../../timing/backOff';
import type { Gone, Rehearsal } from '../../waiting/podRun';
import { type APIPodStatus, apiStatus } from '../shared/apiStatus';
import { backOffOf, type CrashLoopBackOff, crashLoopSetting } from '../shared/crashLoopBackOff';
import { DELETE_OPTIONS, type DeleteOptions } from '../shared/deleteOptions';
import { recordWhenOver } from '../shared/keepRecord';
import { checkOOMRule } from '../shared/oomRule';
import { checkedOptions, checkedSignal, type OptionNames } from '../shared/options';
import type { PodTimeline } from '../shared/podTimeline';
import { type PodClient, type RequestsOptions, requestsOrder } from '../shared/requests';
import { Simulation } from './simulation';

/** How a pod is played. */
export interface SimulatePodOptions extends GivenConfig {
  /** The workload of the manifest whose pod is played, `Deployment/checkout`, where it has several. */
  readonly workload?: string;
  /** What to take although it cannot be meant, as `unknown-port`. */
  readonly allow?: NonNullable<LoadPodOptions['allow']>;
  /** `1.25` to `1.37`, or a patch such as `1.36.3`. Default: 1.37. */
  readonly kubernetesVersion?: string;
  /** Gates that differ from the version's default. */
  readonly featureGates?: Readonly<Record<string, boolean>>;
  /** What the node has for pods, as quantities, `{ cpu: '4', memory: '16Gi' }`; unlimited unless told otherwise. */
  readonly allocatable?: Allocatable;
  /** How long things take that are the node's own; nothing takes any time unless told otherwise. */
  readonly profile?: Profile;
  /** The control groups of the node that is played; `v2` unless told otherwise. It decides what an OOM kill ends. */
  readonly cgroup?: CgroupVersion;
  /** The kubelet's setting of that name, from 1.32 on: an OOM kill ends one process and not its container. */
  readonly singleProcessOOMKill?: boolean;
  /** The kubelet's setting of that name, `{ maxContainerRestartPeriod: '60s' }`: the longest wait before a restart. */
  readonly crashLoopBackOff?: CrashLoopBackOff;
  /**
   * Where randomness starts; the same seed gives the same run. It chooses the order of the probes' ticks as well, where
   * `toBecomeReady` otherwise looks at several.
   */
  readonly seed?: number;
}

const OPTIONS: OptionNames<SimulatePodOptions> = {
  workload: true,
  allow: true,
  configMaps: true,
  secrets: true,
  kubernetesVersion: true,
  featureGates: true,
  cgroup: true,
  singleProcessOOMKill: true,
  crashLoopBackOff: true,
  allocatable: true,
  profile: true,
  seed: true,
};

/** The wall-clock time of a simulated pod's creation: the same for every run. */
const CREATED_AT_MS = Date.UTC(2025, 0, 1);

/**
 * Plays the kubelet's part for a pod whose processes are a script, in virtual time: a day takes about a second.
 *
 * Time passes only while somebody waits: a matcher, `advance`, `delete`.
 *
 * @throws ManifestError when the manifest is not one that the API server would accept.
 * @throws TypeError when there is no such option, or the script cannot be meant: it names a container that the pod does
 * not have, an unknown key, or a duration that is none.
 */
export function simulatePod(
  source: ManifestSource,
  app: AppScript = {},
  options: SimulatePodOptions = {},
): SimulatedPod {
  const checked = checkedOptions('simulatePod', options, OPTIONS);
  checkOOMRule(checked);
  const { workload, allow = [], configMaps = {}, secrets = {}, crashLoopBackOff: _, ...given } = checked;
  const config = { ...given, ...crashLoopSetting(checked) };
  const {
    pod,
    config: found,
    backend,
  } = loadManifest(source, {
    configMaps,
    secrets,
    ...(workload === undefined ? {} : { workload }),
    // A script does nothing to this machine.
    allow: [...allow, ...REFUSED.map((field) => field.allow)],
    ...(config.kubernetesVersion === undefined ? {} : { kubernetesVersion: config.kubernetesVersion }),
    ...(config.featureGates === undefined ? {} : { featureGates: config.featureGates }),
  });
  checkScript(app, pod);
  const simulated = new SimulatedPod(pod, app, { ...config, ...orderOf(config) }, { found, backend });
  recordWhenOver(simulated);
  return simulated;
}

/** A seed gives the order of the ticks as well, on a node without delays of its own. */
function orderOf({ seed, profile = IDEAL }: SimulatePodOptions): Pick<KubeletConfig, 'tickPhase'> {
  return seed === undefined || profile !== IDEAL ? {} : { tickPhase: random(seed)[0] };
}

/** Where in its period the first tick comes, in each of the orders that are looked at. */
const ORDERS: readonly number[] = Array.from({ length: 10 }, (_, index) => (index + 0.5) / 10);

const ASSUMED: ServiceBackend = { publishNotReadyAddresses: false, isAssumed: true };

/** A pod that is played from a script, as a test holds it. */
export class SimulatedPod implements Rehearsal {
  /** The pod as it is played: the manifest's, with Kubernetes' defaults filled in. */
  readonly pod: Pod;
  readonly backOff: BackOffRange;
  readonly broken = undefined;
  readonly hide: (text: string) => string;
  readonly #backend: ServiceBackend;
  readonly #simulation: Simulation;
  readonly #again: (tickPhase: number) => SimulatedPod;
  readonly #isOrderGiven: boolean;

  constructor(
    pod: Pod,
    app: AppScript,
    config: Partial<KubeletConfig>,
    { found = NO_CONFIG, backend = ASSUMED }: { readonly found?: Config; readonly backend?: ServiceBackend } = {},
  ) {
    this.pod = pod;
    this.backOff = backOffOf(config);
    this.#backend = backend;
    this.hide = hiderOf(found);
    this.#isOrderGiven = config.seed !== undefined || config.tickPhase !== undefined;
    this.#again = (tickPhase) => new SimulatedPod(pod, app, { ...config, tickPhase }, { found, backend });
    this.#simulation = new Simulation(pod, app, { ...DEFAULT_CONFIG, ...config }, { found, backend });
    this.#simulation.act({ action: 'run' });
  }

  /** What has happened to it so far; as a text it is a picture. */
  get timeline(): PodTimeline {
    return this.#simulation.timeline;
  }

  /** The pod's status as the API would show it now. */
  get status(): APIPodStatus {
    return apiStatus(this.#simulation.state.status, CREATED_AT_MS);
  }

  /** The events that `kubectl describe pod` would list, oldest first and one by one. */
  get events(): readonly KubeletEvent[] {
    return this.timeline.events.filter((event) => event.source === 'kubelet');
  }

  /** True once nothing more will happen to the pod, unless the test does something to it. */
  get ended(): boolean {
    return this.#simulation.nextAt === NEVER;
  }

  async progress(until: Instant): Promise<void> {
    const grown = () => this.timeline.events.length + this.timeline.output.count;
    const known = grown();
    this.#simulation.advance(until, () => grown() > known);
  }

  otherOrders(): readonly SimulatedPod[] {
    const isUntouched = this.timeline.of('TestActed').length === 1;
    const isProbed = containersOf(this.pod.spec).some((one) => one.startupProbe ?? one.livenessProbe);
    if (this.#isOrderGiven || !isUntouched || !isProbed) return [];
    return ORDERS.map(this.#again);
  }

  /** Lets that much time pass, at once. */
  advance(duration: Duration): void {
    const ms = parseDuration(duration);
    if (ms === undefined) throw new RangeError(`${JSON.stringify(duration)} is no duration; write "30s" or "1m30s"`);
    this.#simulation.advance(after(this.#simulation.now, ms));
  }

  /** A container of the pod, by its name. */
  container(name: string): SimulatedContainer {
    const names = containersOf(this.pod.spec).map((each) => each.name);
    if (names.includes(name)) return new SimulatedContainer(this.#simulation, name);
    throw new Error(`pod ${this.pod.metadata.name} has no container ${name}; it has ${names.join(', ')}`);
  }

  /**
   * Has a client ask the pod by HTTP from now on, while it is a ready endpoint and a while after; each request over a
   * connection of its own. The script answers at once.
   *
   * @throws Error when there is no such port, or none to choose.
   * @throws RangeError when a duration is none.
   */
  async requests(path: string, options: RequestsOptions = {}): Promise<PodClient> {
    const stop = this.#simulation.request(requestsOrder(this.pod, this.#backend, path, options));
    return { stop: async () => stop(), [Symbol.asyncDispose]: async () => stop() };
  }

  /** Puts on record what the test does to the pod by means of its own; occurrences count from then on. */
  async note(what: string): Promise<void> {
    this.#simulation.act({ action: 'note', detail: what });
  }

  /** Deletes the pod as `kubectl delete` does, and lets time pass until it is gone. */
  async delete(options?: DeleteOptions): Promise<Gone<this>> {
    const { gracePeriodSeconds } = checkedOptions('delete', options, DELETE_OPTIONS);
    this.#simulation.act({ action: 'delete' });
    this.#simulation.observe({
      kind: 'DeleteRequested',
      ...(gracePeriodSeconds === undefined ? {} : { gracePeriodSeconds }),
    });
    this.#simulation.advance(NEVER);
    return this as Gone<this>;
  }
}

/** A container of a simulated pod. */
export class SimulatedContainer {
  readonly name: string;
  readonly #simulation: Simulation;

  constructor(simulation: Simulation, name: string) {
    this.#simulation = simulation;
    this.name = name;
  }

  /**
   * Stops the container's process where it stands, as SIGSTOP does: it answers no request, yet takes TCP connections, and
   * commands run in it. Of signals only SIGKILL reaches it until it is thawed. A restart brings an instance that is not
   * frozen.
   *
   * @throws RuntimeError when the container does not run.
   */
  async freeze(): Promise<void> {
    this.#simulation.act({ action: 'freeze', container: this.name });
    this.#refuseUnless(this.#simulation.runtime.freeze(this.name));
  }

  /** Lets a frozen container go on: what it would have done meanwhile, it does now. */
  async thaw(): Promise<void> {
    this.#simulation.act({ action: 'thaw', container: this.name });
    this.#refuseUnless(this.#simulation.runtime.thaw(this.name, this.#simulation.now));
    this.#simulation.advance(this.#simulation.now);
  }

  #refuseUnless(runs: boolean): void {
    if (!runs) throw new RuntimeError(`container ${this.name}`, 'is not running, there is nothing to freeze or thaw');
  }

  /**
   * Sends a signal to the container's process, as a fault: SIGKILL ends it, any other does what its stop signal does.
   * Resolves after the exit if the signal is SIGKILL.
   *
   * @throws RuntimeError when the container does not run.
   */
  async kill(signal: NodeJS.Signals = 'SIGKILL'): Promise<void> {
    checkedSignal(`container ${this.name}`, signal);
    this.#simulation.act({ action: 'kill', container: this.name, detail: signal });
    const process = this.#simulation.runtime.kill(this.name, signal, this.#simulation.now);
    if (!process) throw new RuntimeError(`container ${this.name}`, 'is not running, there is nothing to signal');
    const isLethal = signal === 'SIGKILL';
    this.#simulation.advance(isLethal ? NEVER : this.#simulation.now, () => isLethal && !process.isRunning);
  }
}
