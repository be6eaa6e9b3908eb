import { CREATED, earliest, type Instant, NEVER } from '../../clock/instant';
import {
  behaviorOf,
  createPod,
  DEFAULT_CONFIG,
  endsContainerOnOOM,
  type KubeletConfig,
  type Observation,
  type PodState,
  type StepResult,
  step,
  untilQuiet,
  wakeAt,
} from '../../kubelet';
import { type Config, NO_CONFIG } from '../../manifest/config/config';
import { missingPullSecrets } from '../../manifest/config/pullSecrets';
import type { Pod } from '../../manifest/model';
import { hiderOf } from '../../masking/masker';
import { maskLine } from '../../runtime/logLine';
import type { AppScript } from '../../runtime/scripted/script';
import { ScriptedRuntime } from '../../runtime/scripted/scriptedRuntime';
import type { Backend } from '../../timeline/backend';
import type { Event, TestEvent } from '../../timeline/event';
import { hideIn } from '../../timeline/hideIn';
import { EndpointFollower } from '../../timeline/history/endpoints';
import { historyOf } from '../../timeline/history/podHistory';
import type { RequestsOrder } from '../../traffic/order';
import { WritablePodTimeline } from '../shared/podTimeline';
import { requestsDetail } from '../shared/requests';
import { SimulatedClients } from './simulatedClients';

export interface SimulationSurroundings {
  /** ConfigMaps and Secrets of the pod. */
  readonly found?: Config;
  /** Service of its clients. */
  readonly backend?: Backend;
}

/** Kubelet and scripted runtime on one virtual clock: time passes only on a call, without waiting. */
export class Simulation {
  readonly timeline: WritablePodTimeline;
  readonly runtime: ScriptedRuntime;
  readonly #hide: (text: string) => string;
  /**
   * True if the pod has Secrets. If it has none, no event has to be searched, of which a simulated day has a quarter of
   * a million.
   */
  readonly #hasSecrets: boolean;
  readonly #endpoint: EndpointFollower;
  readonly #clients = new SimulatedClients(({ scheme, port, path }, at) =>
    this.runtime.request(scheme, port, path, at),
  );
  #state: PodState;
  #now: Instant = CREATED;

  constructor(
    pod: Pod,
    script: AppScript,
    config: Partial<KubeletConfig> = {},
    { found = NO_CONFIG, backend = {} }: SimulationSurroundings = {},
  ) {
    this.timeline = new WritablePodTimeline(pod, 'simulated', { backend });
    this.#endpoint = new EndpointFollower(backend);
    this.#hide = hiderOf(found);
    this.#hasSecrets = Object.keys(found.secrets).length > 0;
    const settings = { ...DEFAULT_CONFIG, ...config };
    this.runtime = new ScriptedRuntime(script, pod, settings.kubernetesVersion, settings.profile, found, {
      endsOnOOM: endsContainerOnOOM(settings),
      execProbeTimeout: behaviorOf(settings.kubernetesVersion, settings.featureGates).execTimeoutFails,
    });
    const created = createPod(pod, { ...settings, missingPullSecrets: missingPullSecrets(pod, found) });
    this.#state = created.state;
    this.#follow(created);
  }

  get now(): Instant {
    return this.#now;
  }

  get state(): PodState {
    return this.#state;
  }

  /** Instant of the next event, or NEVER. */
  get nextAt(): Instant {
    return earliest(this.runtime.nextAt, wakeAt(this.#state, this.#now), this.#clients.nextAt);
  }

  /** Starts a client of the pod. Returns a function that stops it. */
  request(order: RequestsOrder): () => void {
    this.act({ action: 'requests', detail: requestsDetail(order) });
    const stop = this.#clients.add(order, this.#endpoint.endpoint?.ready ?? false, this.#now);
    this.#sendRequests();
    return stop;
  }

  /** Lets time pass to `until`, or to the first event after which `stop` returns true. */
  advance(until: Instant, stop: () => boolean = () => false): void {
    for (let at = this.nextAt; at <= until && at !== NEVER; at = this.nextAt) {
      this.#now = at;
      this.#settle();
      this.#sendRequests();
      if (stop()) return;
    }
    if (until !== NEVER) this.#now = until;
    this.timeline.advance(this.#now);
  }

  /** Passes an observation to the kubelet at this instant, and runs the commands that follow. */
  observe(seen: Observation): void {
    this.#follow(step(this.#state, seen, this.#now));
    this.#settle();
  }

  /** Records an action of the test. */
  act(action: Omit<TestEvent, 'at' | 'source' | 'kind'>): void {
    this.#record({ source: 'test', kind: 'TestActed', at: this.#now, ...action });
  }

  #settle(): void {
    const isQuiet = untilQuiet(this.#state, this.#now, {
      take: () => {
        this.timeline.write(this.runtime.takeWritten(this.#now).map((line) => maskLine(line, this.#hide)));
        return this.runtime.take(this.#now);
      },
      follow: (result) => this.#follow(result),
    });
    if (isQuiet) return;
    throw new RangeError(
      `the simulation is stuck at +${this.#now / 1000}s: the same events repeat without time passing (last: ` +
        `${historyOf(this.timeline).last?.kind}). Give the script entry a time later than 0s`,
    );
  }

  #sendRequests(): void {
    for (const event of this.#clients.take(this.#now)) this.timeline.append(event);
  }

  #record(event: Event): void {
    this.timeline.append(this.#hasSecrets ? hideIn(event, this.#hide) : event);
    if (event.kind === 'PodRemoved') this.#clients.onPodGone(event.at);
    const change = this.#endpoint.follow(event);
    if (change) this.#clients.follow(change.endpoint?.ready ?? false, event.at);
  }

  #follow({ state, commands, events }: StepResult): void {
    this.#state = state;
    for (const event of events) this.#record(event);
    for (const command of commands) this.runtime.perform(command, this.#now);
  }
}
