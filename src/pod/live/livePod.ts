import type { PodOrder } from '../../agent/ipc/messages';
import { type Instant, NEVER } from '../../clock/instant';
import type { Pod } from '../../manifest/model';
import { containersOf } from '../../manifest/model';
import type { ServiceBackend } from '../../manifest/workload/backend';
import { hiderOf } from '../../masking/masker';
import { liveOnStderr } from '../../report/summary/liveOnStderr';
import type { Event, KubeletEvent } from '../../timeline/event';
import type { OutputLine } from '../../timeline/output';
import type { PodStatus } from '../../timeline/podStatus';
import type { BackOffRange } from '../../timing/backOff';
import type { Gone, Rehearsal } from '../../waiting/podRun';
import type { AgentProcess, PodListener } from '../shared/agentProcess';
import { type APIPodStatus, apiStatus } from '../shared/apiStatus';
import { backOffOf } from '../shared/crashLoopBackOff';
import { DELETE_OPTIONS, type DeleteOptions } from '../shared/deleteOptions';
import { keepRecord, type Start, startNow } from '../shared/keepRecord';
import { checkedOptions } from '../shared/options';
import { PodTimeline } from '../shared/podTimeline';
import { type RegisteredPod, registry, type Scope } from '../shared/registry';
import { type PodClient, type RequestsOptions, requestsDetail, requestsOrder } from '../shared/requests';
import { LiveContainer } from './liveContainer';
import { LiveService } from './liveService';

const UNPUBLISHED: PodStatus = { phase: 'Pending', conditions: [], initContainerStatuses: [], containerStatuses: [] };

interface Waiter {
  readonly until: Instant;
  wake(): void;
}

/** A pod that runs on a container engine, as a test holds it. It stays readable after its end. */
export class LivePod implements Rehearsal, RegisteredPod, PodListener, AsyncDisposable {
  /** The pod as it runs: the manifest's, with Kubernetes' defaults filled in. */
  readonly pod: Pod;
  readonly backOff: BackOffRange;
  /** What has happened to it so far; as a text it is a picture. */
  readonly timeline: PodTimeline;
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
  /** How many events had happened when nothing more was to be expected. */
  #restedAfter: number | undefined;
  #broken: Error | undefined;
  #removal: Promise<void> | undefined;

  /** Starts a pod; resolves when the engine has taken it on, which is long before it runs. */
  static async start(agent: AgentProcess, order: PodOrder, scope: Scope): Promise<LivePod> {
    const pod = new LivePod(agent, order, scope);
    agent.listen(order.key, pod);
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
    this.timeline = new PodTimeline(pod, 'run', { backend }, () => this.#broken);
    this.scope = scope;
    this.#start = startNow(scope);
    registry().story ??= liveOnStderr();
    this.#story = registry().story?.follow(pod, config.kubernetesVersion);
  }

  /** What the pod is called between this process and the one that plays it. */
  get key(): string {
    return this.#key;
  }

  /** The pod's status as the API would show it now; its phase is `Unknown` once the run broke: nobody can tell any more. */
  get status(): APIPodStatus {
    const status = this.timeline.status ?? UNPUBLISHED;
    const lost = this.#broken && ({ phase: 'Unknown', message: this.#broken.message } as const);
    return apiStatus({ ...status, ...lost }, this.#createdAtMs);
  }

  /** The events that `kubectl describe pod` would list, oldest first and one by one. */
  get events(): readonly KubeletEvent[] {
    return this.timeline.events.filter((event) => event.source === 'kubelet');
  }

  /** True once nothing more will happen to the pod, unless the test does something to it. */
  get ended(): boolean {
    return this.#isGone || this.#restedAfter === this.timeline.events.length;
  }

  /** Why the run broke, when it did: the engine was lost, or the kubelet came too late to judge. */
  get broken(): Error | undefined {
    return this.#broken;
  }

  /** A container of the pod, by its name. */
  container(name: string): LiveContainer {
    const containers = containersOf(this.pod.spec);
    const container = containers.find((each) => each.name === name);
    if (container) return new LiveContainer(this.#agent, this.#key, container, this.hide);
    const names = containers.map((each) => each.name).join(', ');
    throw new Error(`pod ${this.pod.metadata.name} has no container ${name}; it has ${names}`);
  }

  /**
   * Has a client ask the pod by HTTP from now on, while it is a ready endpoint and a while after: at the pod's own IP,
   * each request over a connection of its own, and not waiting for one answer to ask again. What comes of them is for
   * `toDropNoRequests` to judge. The client's last requests are part of the pod's end.
   *
   * @throws Error when there is no such port, or none to choose.
   * @throws RangeError when a duration is none.
   */
  async requests(path: string, options: RequestsOptions = {}): Promise<PodClient> {
    const key = this.#key;
    const order = requestsOrder(this.pod, this.#backend, path, options);
    const client = await this.#agent.request('Requests', { key, order, detail: requestsDetail(order) });
    // Of a pod that is gone nothing is asked any more.
    const stop = async () => {
      if (!this.#isGone && !this.#broken) await this.#agent.request('StopRequests', { key, client });
    };
    return { stop, [Symbol.asyncDispose]: stop };
  }

  /**
   * Deletes the pod as `kubectl delete` does: hooks, stop signals and grace are rehearsed. Resolves to this handle when
   * the pod is gone.
   *
   * @throws RuntimeError when the run breaks meanwhile.
   */
  async delete(options?: DeleteOptions): Promise<Gone<this>> {
    const given = checkedOptions('delete', options, DELETE_OPTIONS);
    await this.#agent.request('Delete', { key: this.#key, ...given });
    while (!this.#isGone && !this.#broken) await this.progress(NEVER);
    if (this.#broken) throw this.#broken;
    return this as Gone<this>;
  }

  /** What the pod talks to, by the name that `services` gave it. */
  service(name: string): LiveService {
    if (this.#services.includes(name)) return new LiveService(this.#agent, this.#key, name);
    const known = this.#services.join(', ') || 'none';
    throw new Error(`pod ${this.pod.metadata.name} has no service ${name}; it has ${known}`);
  }

  /**
   * Cuts the pod's network: nothing gets in or out any more, without an answer, and its probes from the node time out. Its
   * containers still reach each other, its IP stays.
   *
   * @throws RuntimeError when the engine does not allow it.
   */
  async disconnect(): Promise<void> {
    await this.#agent.request('Disconnect', { key: this.#key });
  }

  /** Joins the pod's network again, with the IP it had. */
  async reconnect(): Promise<void> {
    await this.#agent.request('Reconnect', { key: this.#key });
  }

  /**
   * Puts on record what the test is about to do to the pod by means of its own, as by a request to the app: matchers about
   * an occurrence count from then on, and a failure shows it.
   */
  async note(what: string): Promise<void> {
    await this.#agent.request('Note', { key: this.#key, detail: what });
  }

  /** Removes the pod at once, without a rehearsal of its end. Never rejects. */
  remove(): Promise<void> {
    registry().pods.delete(this);
    if (!this.#removal) keepRecord(this, 'run', this.#start);
    this.#removal ??= this.#agent
      .request('Remove', { key: this.#key })
      .then(
        () => {},
        // Without an agent there is nothing left: it cleans up before it goes.
        () => {},
      )
      .finally(() => this.#agent.forget(this.#key));
    return this.#removal;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.remove();
  }

  async whyUnfair(since: Instant): Promise<string | undefined> {
    // An agent that is gone says nothing more.
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
    this.#agent.await(this.#key, until, this.timeline.events.length);
    return new Promise((resolve) => {
      const wake = () => {
        release();
        resolve();
      };
      this.#waiters.add({ until, wake });
    });
  }

  onHappened(events: readonly Event[]): void {
    for (const event of events) this.timeline.append(event);
    this.#story?.(events);
    this.#wake(() => true);
  }

  onWrote(lines: readonly OutputLine[]): void {
    this.timeline.write(lines);
    this.#wake(() => true);
  }

  onClockReached(at: Instant): void {
    this.timeline.advance(at);
    this.#wake(({ until }) => until <= at);
  }

  onRested(told: number): void {
    this.#restedAfter = told;
    this.#wake(() => true);
  }

  onEnded(): void {
    this.#isGone = true;
    this.#wake(() => true);
  }

  onBroke(error: Error): void {
    this.#broken ??= error;
    this.#wake(() => true);
  }

  #wake(isMeant: (waiter: Waiter) => boolean): void {
    for (const waiter of [...this.#waiters].filter(isMeant)) {
      this.#waiters.delete(waiter);
      waiter.wake();
    }
  }
}
