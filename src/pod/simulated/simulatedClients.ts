import { after, earliest, type Instant, NEVER } from '../../clock/instant';
import { NO_HTTP } from '../../runtime/scripted/answers';
import type { RuntimeEvent } from '../../timeline/event';
import { makeAnswered, POD_GONE, type RequestResult, type RequestsOrder } from '../../traffic/order';
import { RequestSchedule } from '../../traffic/schedule';

/**
 * Target of the clients: the status that they get and its instant; undefined if no process accepts their connection.
 */
export type Server = (
  order: RequestsOrder,
  at: Instant,
) => { readonly afterMs: number; readonly value: number } | undefined;

interface UnderWay {
  readonly order: RequestsOrder;
  readonly schedule: RequestSchedule;
  readonly sentAt: Instant;
  readonly until: Instant;
  /** undefined if there is no response in time. */
  readonly status?: number;
}

/** The clients of a simulated pod, on its virtual clock. */
export class SimulatedClients {
  readonly #server: Server;
  readonly #clients: { readonly order: RequestsOrder; readonly schedule: RequestSchedule }[] = [];
  #underWay: readonly UnderWay[] = [];
  #isPodGone = false;

  constructor(server: Server) {
    this.#server = server;
  }

  /** Instant of the next request or result, or NEVER. */
  get nextAt(): Instant {
    const due = this.#clients.map(({ schedule }) => schedule.dueAt);
    return earliest(NEVER, ...due, ...this.#underWay.map(({ until }) => until));
  }

  /** Starts another client. Returns a function that stops it. */
  add(order: RequestsOrder, isEndpoint: boolean, at: Instant): () => void {
    const schedule = new RequestSchedule(order);
    schedule.follow(isEndpoint, at);
    this.#clients.push({ order, schedule });
    return () => schedule.stop();
  }

  /** Handles that the pod has become a ready endpoint, or is no longer one. */
  follow(isEndpoint: boolean, at: Instant): void {
    for (const { schedule } of this.#clients) schedule.follow(isEndpoint, at);
  }

  /** Handles the end of the pod: no process answers any longer. */
  onPodGone(at: Instant): void {
    this.#isPodGone = true;
    this.#underWay = this.#underWay.map((request) => ({ ...request, until: at }));
  }

  /** Sends the requests that are due, and returns the events of those that have finished. */
  take(at: Instant): readonly RuntimeEvent[] {
    for (const { order, schedule } of this.#clients) {
      if (schedule.dueAt > at) continue;
      schedule.sent(at);
      this.#send({ order, schedule }, at);
    }
    const finished = this.#underWay.filter(({ until }) => until <= at);
    this.#underWay = this.#underWay.filter(({ until }) => until > at);
    return finished.map((request) => this.#finished(request, at));
  }

  #send({ order, schedule }: Pick<UnderWay, 'order' | 'schedule'>, sentAt: Instant): void {
    const answer = this.#server(order, sentAt);
    const { afterMs = 0, value: status } = answer ?? {};
    const isInTime = afterMs < order.timeoutMs;
    const until = after(sentAt, isInTime ? afterMs : order.timeoutMs);
    const request = { order, schedule, sentAt, until, ...(isInTime && status !== undefined && { status }) };
    this.#underWay = [...this.#underWay, request];
  }

  #finished({ order, schedule, sentAt, status }: UnderWay, at: Instant): RuntimeEvent {
    schedule.finish(at);
    return {
      source: 'runtime',
      kind: 'RequestFinished',
      at,
      port: order.port,
      path: order.path,
      sentAt,
      ...this.#outcome(order, sentAt, at, status),
    };
  }

  #outcome(order: RequestsOrder, sentAt: Instant, at: Instant, status: number | undefined): RequestResult {
    if (this.#isPodGone) return POD_GONE;
    if (status === NO_HTTP) return { failure: 'connection reset' };
    if (sentAt === at) return status === undefined ? { failure: 'refused', isRefused: true } : makeAnswered(status);
    // The process exited before it responded.
    if (!this.#server(order, at)) return { failure: 'connection reset' };
    return status === undefined ? { failure: timedOut(order) } : makeAnswered(status);
  }
}

function timedOut({ timeoutMs }: RequestsOrder): string {
  return `timed out after ${timeoutMs / 1_000}s`;
}
