import { type Instant, NEVER } from '../clock/instant';
import type { RuntimeEvent } from '../timeline/event';
import { POD_GONE, type RequestResult, type RequestsOrder } from './order';
import { RequestSchedule } from './schedule';

/** Context of a client. */
export interface ClientSurroundings {
  readonly now: () => Instant;
  /** Sends a request once `onBegin` has returned true, and resolves to its result; to undefined if it was not sent. */
  readonly ask: (signal: AbortSignal, onBegin: () => boolean) => Promise<RequestResult | undefined>;
  /** Records a finished request. */
  readonly tell: (event: RuntimeEvent) => void;
  /** Announces requests until the returned function is called. */
  readonly occupy: () => () => void;
}

/** A client that asks a pod in real time, as its {@link RequestSchedule} says; it does not wait for one answer to ask again. */
export class Client {
  readonly #order: RequestsOrder;
  readonly #around: ClientSurroundings;
  readonly #schedule: RequestSchedule;
  readonly #abandoned = new AbortController();
  readonly #podGone = new AbortController();
  #underWay = 0;
  /** True while the way to the pod is being made: until then nothing is sent, and no other request begins. */
  #isBeginning = false;
  #timer: NodeJS.Timeout | undefined;
  #release: (() => void) | undefined;
  #onQuiet: (() => void)[] = [];

  constructor(order: RequestsOrder, around: ClientSurroundings) {
    this.#order = order;
    this.#around = around;
    this.#schedule = new RequestSchedule(order);
  }

  /** Handles that the pod has become a ready endpoint, or is no longer one. */
  follow(isEndpoint: boolean, at: Instant): void {
    this.#schedule.follow(isEndpoint, at);
    this.#proceed();
  }

  /** Handles the end of the pod: no process answers any longer. */
  onPodGone(): void {
    this.#podGone.abort();
  }

  /** Sends no more requests. Resolves when each request in flight has finished and is recorded. */
  stop(): Promise<void> {
    this.#schedule.stop();
    return new Promise((resolve) => {
      this.#onQuiet.push(resolve);
      this.#proceed();
    });
  }

  /** Drops all requests and records none of them. */
  abandon(): void {
    this.#abandoned.abort();
    this.#schedule.stop();
    this.#proceed();
  }

  #proceed(): void {
    clearTimeout(this.#timer);
    const now = this.#around.now();
    const { dueAt } = this.#schedule;
    if (!this.#isBeginning && dueAt <= now) void this.#ask();
    else if (!this.#isBeginning && dueAt !== NEVER) this.#timer = setTimeout(() => this.#proceed(), dueAt - now);
    if (dueAt !== NEVER || this.#underWay > 0) this.#release ??= this.#around.occupy();
    else this.#quiet();
  }

  async #ask(): Promise<void> {
    this.#underWay += 1;
    this.#isBeginning = true;
    let sentAt: Instant | undefined;
    const asked = await this.#answer(() => {
      this.#isBeginning = false;
      sentAt = this.#begin(this.#around.now());
      this.#proceed();
      return sentAt !== undefined;
    });
    const { port, path } = this.#order;
    const at = this.#around.now();
    if (asked && sentAt !== undefined && !this.#abandoned.signal.aborted)
      this.#around.tell({ source: 'runtime', kind: 'RequestFinished', at, port, path, sentAt, ...asked });
    this.#underWay -= 1;
    if (sentAt !== undefined) this.#schedule.finish(at);
    this.#proceed();
  }

  /**
   * Begins a request, to which the way may have taken a while. Returns undefined if no client would send it any longer.
   */
  #begin(now: Instant): Instant | undefined {
    if (!this.#schedule.isOpen(now)) return void this.#schedule.leftOut(now);
    this.#schedule.sent(now);
    return now;
  }

  async #answer(onBegin: () => boolean): Promise<RequestResult | undefined> {
    const gone = this.#podGone.signal;
    if (gone.aborted) return onBegin() ? POD_GONE : undefined;
    const asked = await this.#around.ask(AbortSignal.any([this.#abandoned.signal, gone]), onBegin);
    return gone.aborted && asked?.failure !== undefined ? POD_GONE : asked;
  }

  #quiet(): void {
    this.#release?.();
    this.#release = undefined;
    for (const resolve of this.#onQuiet) resolve();
    this.#onQuiet = [];
  }
}
