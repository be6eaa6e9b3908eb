import type { PodOrder } from '../../agent/ipc/messages';
import { type Instant, NEVER } from '../../clock/instant';
import type { Pod } from '../../manifest/model';
import { containersOf } from '../../manifest/model';
import type { ServiceBackend } from '../../manifest/workload/backend';
import { hiderOf } from '../../masking/masker';
import { liveOnStderr } from '../../report/summary/liveOnStderr';
import type { Event, KubeletEvent } from '../../timeline/event';
import { historyOf } from '../../timeline/history/podHistory';
import type { PodStatus } from '../../timeline/podStatus';
import type { BackOffRange } from '../../timing/backOff';
import { POD_RUN, type PodHandle, type TerminatedPod, type WaitablePodRun } from '../../waiting/podRun';
import type { AgentProcess, PodListener } from '../shared/agentProcess';
import { type APIPodStatus, apiStatus } from '../shared/apiStatus';
import { backOffOf } from '../shared/crashLoopBackOff';
import { DELETE_OPTIONS, type DeleteOptions } from '../shared/deleteOptions';
import { keepRecord, type Start, startNow } from '../shared/keepRecord';
import { checkedOptions } from '../shared/options';
import { WritablePodTimeline } from '../shared/podTimeline';
import { type RegisteredPod, registry, type Scope } from '../shared/registry';
import { type PodClient, type RequestsOptions, requestsDetail, requestsOrder } from '../shared/requests';
import type { LiveContainer } from './liveContainer';
import type { LivePod } from './livePod';
import type { LiveService } from './liveService';
import { RunningContainer } from './runningContainer';
import { RunningService } from './runningService';

const UNPUBLISHED: PodStatus = { phase: 'Pending', conditions: [], initContainerStatuses: [], containerStatuses: [] };

interface Waiter {
  readonly until: Instant;
  wake(): void;
}

/** The run behind a {@link LivePod}: it follows what the agent reports, and requests the actions of the test. */
export class RunningPod implements LivePod, WaitablePodRun, PodHandle, RegisteredPod {
  readonly pod: Pod;
  readonly backOff: BackOffRange;
  readonly timeline: WritablePodTimeline;
  readonly hide: (text: string) => string;
  readonly scope: Scope;
  readonly #agent: AgentProcess;
  readonly #key: string;
  readonly #services: readonly string[];
  readonly #backend: ServiceBackend;
  readonly #story: ((events: readonly Event[]) => void) | undefined;
  readonly #waiters = new Set<Waiter>();
  readonly #start: Start;
  #createdAtMs = 0;
  #isGone = false;
  /** Number of events after which nothing more could happen. */
  #restedAfter: number | undefined;
  #broken: Error | undefined;
  #removal: Promise<void> | undefined;

  /** Starts a pod. Resolves when the agent has accepted it, long before its containers run. */
  static async start(agent: AgentProcess, order: PodOrder, scope: Scope): Promise<RunningPod> {
    const pod = new RunningPod(agent, order, scope);
    agent.listen(order.key, pod.#link());
    registry().pods.add(pod);
    try {
      const { createdAtMs } = await agent.request('RunPod', order);
      pod.#createdAtMs = createdAtMs;
      return pod;
    } catch (error) {
      registry().pods.delete(pod);
      throw error;
    }
  }

  private constructor(agent: AgentProcess, { key, pod, found, backend, config, services }: PodOrder, scope: Scope) {
    this.#agent = agent;
    this.#key = key;
    this.#services = Object.keys(services);
    this.pod = pod;
    this.backOff = backOffOf(config);
    this.#backend = backend;
    this.hide = hiderOf(found);
    this.timeline = new WritablePodTimeline(pod, 'run', { backend }, () => this.#broken);
    this.scope = scope;
    this.#start = startNow(scope);
    registry().story ??= liveOnStderr();
    this.#story = registry().story?.follow(pod, config.kubernetesVersion);
  }

  get [POD_RUN](): WaitablePodRun {
    return this;
  }

  get agentKey(): string {
    return this.#key;
  }

  get status(): APIPodStatus {
    const status = this.timeline.status ?? UNPUBLISHED;
    const lost = this.#broken && ({ phase: 'Unknown', message: this.#broken.message } as const);
    return apiStatus({ ...status, ...lost }, this.#createdAtMs);
  }

  get events(): readonly KubeletEvent[] {
    return historyOf(this.timeline).kubeletEvents;
  }

  get ended(): boolean {
    return this.#isGone || this.#restedAfter === historyOf(this.timeline).end;
  }

  get broken(): Error | undefined {
    return this.#broken;
  }

  container(name: string): LiveContainer {
    const containers = containersOf(this.pod.spec);
    const container = containers.find((each) => each.name === name);
    if (container) return new RunningContainer(this.#agent, this.#key, container, this.hide);
    const names = containers.map((each) => each.name).join(', ');
    throw new Error(
      `pod ${this.pod.metadata.name}: unknown container ${JSON.stringify(name)}. Valid containers: ${names}`,
    );
  }

  async requests(path: string, options: RequestsOptions = {}): Promise<PodClient> {
    const key = this.#key;
    const order = requestsOrder(this.pod, this.#backend, path, options);
    const client = await this.#agent.request('Requests', { key, order, detail: requestsDetail(order) });
    // A terminated pod gets no further requests.
    const stop = async () => {
      if (!this.#isGone && !this.#broken) await this.#agent.request('StopRequests', { key, client });
    };
    return { stop, [Symbol.asyncDispose]: stop };
  }

  async delete(options?: DeleteOptions): Promise<TerminatedPod<this>> {
    const given = checkedOptions('delete', options, DELETE_OPTIONS);
    await this.#agent.request('Delete', { key: this.#key, ...given });
    while (!this.#isGone && !this.#broken) await this.progress(NEVER);
    if (this.#broken) throw this.#broken;
    return this as TerminatedPod<this>;
  }

  service(name: string): LiveService {
    if (this.#services.includes(name)) return new RunningService(this.#agent, this.#key, name);
    const known = this.#services.join(', ') || 'none';
    throw new Error(`pod ${this.pod.metadata.name}: unknown service ${JSON.stringify(name)}. Valid services: ${known}`);
  }

  async disconnect(): Promise<void> {
    await this.#agent.request('Disconnect', { key: this.#key });
  }

  async reconnect(): Promise<void> {
    await this.#agent.request('Reconnect', { key: this.#key });
  }

  async note(what: string): Promise<void> {
    await this.#agent.request('Note', { key: this.#key, detail: what });
  }

  remove(): Promise<void> {
    registry().pods.delete(this);
    if (!this.#removal) keepRecord(this, 'run', this.#start);
    this.#removal ??= this.#agent
      .request('Remove', { key: this.#key })
      .then(
        () => {},
        // The agent cleans up before it exits, so nothing is left without it.
        () => {},
      )
      .finally(() => this.#agent.forget(this.#key));
    return this.#removal;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.remove();
  }

  async explainUnfairness(since: Instant): Promise<string | undefined> {
    // An agent that has exited has no reason to report.
    const why = await this.#agent.request('WhyUnfair', { key: this.#key, since }).catch(() => null);
    return why ?? undefined;
  }

  async engineFailure(): Promise<string | undefined> {
    if (this.#removal || this.#broken) return this.#broken?.message;
    try {
      await this.#agent.request('CheckEngine', { key: this.#key });
      return undefined;
    } catch (error) {
      return (this.#broken ?? (error as Error)).message;
    }
  }

  progress(until: Instant): Promise<void> {
    if (this.ended || this.#broken) return Promise.resolve();
    const release = this.#agent.hold();
    this.#agent.await(this.#key, until, historyOf(this.timeline).end);
    return new Promise((resolve) => {
      const wake = () => {
        release();
        resolve();
      };
      this.#waiters.add({ until, wake });
    });
  }

  /** Returns the link of the agent, the only writer of the pod's record. */
  #link(): PodListener {
    return {
      onHappened: (events) => {
        for (const event of events) this.timeline.append(event);
        this.#story?.(events);
        this.#wake(() => true);
      },
      onWrote: (lines) => {
        this.timeline.write(lines);
        this.#wake(() => true);
      },
      onClockReached: (at) => {
        this.timeline.advance(at);
        this.#wake(({ until }) => until <= at);
      },
      onRested: (told) => {
        this.#restedAfter = told;
        this.#wake(() => true);
      },
      onEnded: () => {
        this.#isGone = true;
        this.#wake(() => true);
      },
      onBroke: (error) => {
        this.#broken ??= error;
        this.#wake(() => true);
      },
    };
  }

  #wake(isMeant: (waiter: Waiter) => boolean): void {
    for (const waiter of [...this.#waiters].filter(isMeant)) {
      this.#waiters.delete(waiter);
      waiter.wake();
    }
  }
}
