import { type Duration, parseDuration } from '../../clock/duration';
import { after, type Instant, NEVER } from '../../clock/instant';
import { DEFAULT_CONFIG, type KubeletConfig } from '../../kubelet';
import { type Config, NO_CONFIG } from '../../manifest/config/config';
import type { Pod } from '../../manifest/model';
import { containersOf } from '../../manifest/model';
import type { ServiceBackend } from '../../manifest/workload/backend';
import { hiderOf } from '../../masking/masker';
import type { AppScript } from '../../runtime/scripted/script';
import type { KubeletEvent } from '../../timeline/event';
import { historyOf } from '../../timeline/history/podHistory';
import type { BackOffRange } from '../../timing/backOff';
import { POD_RUN, type PodHandle, type TerminatedPod, type WaitablePodRun } from '../../waiting/podRun';
import { type APIPodStatus, apiStatus } from '../shared/apiStatus';
import { backOffOf } from '../shared/crashLoopBackOff';
import { DELETE_OPTIONS, type DeleteOptions } from '../shared/deleteOptions';
import { checkedOptions } from '../shared/options';
import type { WritablePodTimeline } from '../shared/podTimeline';
import { type PodClient, type RequestsOptions, requestsOrder } from '../shared/requests';
import { ScriptedContainer } from './scriptedContainer';
import type { SimulatedContainer, SimulatedPod } from './simulatedPod';
import { Simulation } from './simulation';

/** Wall-clock time at which every simulated pod is created. */
const CREATED_AT_MS = Date.UTC(2025, 0, 1);

/** Places of the first tick in its period, one for each order that is tried. */
const ORDERS: readonly number[] = Array.from({ length: 10 }, (_, index) => (index + 0.5) / 10);

const ASSUMED: ServiceBackend = { publishNotReadyAddresses: false, isAssumed: true };

/** The run behind a {@link SimulatedPod}: its handle over the simulation. */
export class ScriptedPod implements SimulatedPod, WaitablePodRun, PodHandle {
  readonly pod: Pod;
  readonly backOff: BackOffRange;
  readonly broken = undefined;
  readonly hide: (text: string) => string;
  readonly #backend: ServiceBackend;
  readonly #simulation: Simulation;
  readonly #again: (tickPhase: number) => ScriptedPod;
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
    this.#again = (tickPhase) => new ScriptedPod(pod, app, { ...config, tickPhase }, { found, backend });
    this.#simulation = new Simulation(pod, app, { ...DEFAULT_CONFIG, ...config }, { found, backend });
    this.#simulation.act({ action: 'run' });
  }

  get [POD_RUN](): WaitablePodRun {
    return this;
  }

  get timeline(): WritablePodTimeline {
    return this.#simulation.timeline;
  }

  get status(): APIPodStatus {
    return apiStatus(this.#simulation.state.status, CREATED_AT_MS);
  }

  get events(): readonly KubeletEvent[] {
    return historyOf(this.timeline).kubeletEvents;
  }

  get ended(): boolean {
    return this.#simulation.nextAt === NEVER;
  }

  async progress(until: Instant): Promise<void> {
    const countEntries = () => historyOf(this.timeline).end + this.timeline.output.count;
    const known = countEntries();
    this.#simulation.advance(until, () => countEntries() > known);
  }

  otherOrders(): readonly ScriptedPod[] {
    const isUntouched = historyOf(this.timeline).acts.length === 1;
    const isProbed = containersOf(this.pod.spec).some((one) => one.startupProbe ?? one.livenessProbe);
    if (this.#isOrderGiven || !isUntouched || !isProbed) return [];
    return ORDERS.map(this.#again);
  }

  advance(duration: Duration): void {
    const ms = parseDuration(duration);
    if (ms === undefined)
      throw new RangeError(
        `advance: duration must be a duration such as '30s' or '1m30s', received ${JSON.stringify(duration)}`,
      );
    this.#simulation.advance(after(this.#simulation.now, ms));
  }

  container(name: string): SimulatedContainer {
    const names = containersOf(this.pod.spec).map((each) => each.name);
    if (names.includes(name)) return new ScriptedContainer(this.#simulation, name);
    throw new Error(
      `pod ${this.pod.metadata.name}: unknown container ${JSON.stringify(name)}. Valid containers: ${names.join(', ')}`,
    );
  }

  async requests(path: string, options: RequestsOptions = {}): Promise<PodClient> {
    const stop = this.#simulation.request(requestsOrder(this.pod, this.#backend, path, options));
    return { stop: async () => stop(), [Symbol.asyncDispose]: async () => stop() };
  }

  async note(what: string): Promise<void> {
    this.#simulation.act({ action: 'note', detail: what });
  }

  async delete(options?: DeleteOptions): Promise<TerminatedPod<this>> {
    const { gracePeriodSeconds } = checkedOptions('delete', options, DELETE_OPTIONS);
    this.#simulation.act({ action: 'delete' });
    this.#simulation.observe({
      kind: 'DeleteRequested',
      ...(gracePeriodSeconds === undefined ? {} : { gracePeriodSeconds }),
    });
    this.#simulation.advance(NEVER);
    return this as TerminatedPod<this>;
  }
}
