import { type Instant, NEVER } from '../clock/instant';
import type { RuntimeEvent } from '../timeline/event';
import { POD_GONE, type RequestResult, type RequestsOrder } from './order';
import { RequestSchedule } from './schedule';

/** What a client needs of the world around it. */
export interface ClientSurroundings {
  readonly now: () => Instant;
  /** Sends a request once `onBegin` has returned true, and resolves to what came of it; to undefined if it was not sent. */
  readonly ask: (signal: AbortSignal, onBegin: () => boolean) => Promise<RequestResult | undefined>;
  /** Puts a request that is finished on record. */
  readonly tell: (event: RuntimeEvent) => void;
  /** Says that requests are to come or under way, until the returned function is called. */
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

  /** The pod has become a ready endpoint, or is one no longer. */
  follow(isEndpoint: boolean, at: Instant): void {
    this.#schedule.follow(isEndpoint, at);
    this.#proceed();
  }

  /** The pod is gone: nobody answers any more. */
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

  /** Drops everything: nothing is put on record any more. */
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
    if (sentAt !== undefined) this.#schedule.finished(at);
    this.#proceed();
  }

  /** The way to the pod may have taken a while. Returns undefined if no client would send the request any more. */
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
