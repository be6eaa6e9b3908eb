import { setTimeout as sleep } from 'node:timers/promises';
import { NEVER } from '../../clock/instant';
import type { Engine } from '../../runtime/docker/engine/engine';
import { beginRun, type Run } from '../../runtime/docker/run';
import { ServicesOfRun } from '../../runtime/docker/services/servicesOfRun';
import { errorData } from '../ipc/errorData';
import type { PodOrder, Reply, RequestKind, RunReply, Tell, ToAgent } from '../ipc/messages';
import { AgentPod } from '../pod/agentPod';
import { PodServices } from '../pod/podServices';
import { failedRequest } from './failedRequest';
import { type HandledBy, handle } from './handlers';
import { maxPods, Slots } from './slots';

const REMOVAL_OF_BROKEN_MS = 3_000;

type AgentRequest = Extract<ToAgent, { readonly kind: RequestKind }>;

/** The pods of one test process, and what that process asks about them. */
export class Agent {
  readonly #findEngine: () => Promise<Engine>;
  readonly #tell: Tell;
  readonly #pods = new Map<string, AgentPod>();
  /** Pods that are being removed: a lost engine must not keep that waiting. */
  readonly #leaving = new Map<AgentPod, Promise<void>>();
  /** Pods that are being made: what they bring to the engine may come after the end of all others. */
  readonly #makings = new Set<Promise<unknown>>();
  /** What has been asked for and not yet removed, and how it gives its place on this machine back. */
  readonly #wanted = new Map<string, () => void>();
  #slots: Slots | undefined;
  #run: Promise<Run> | undefined;
  /** Gives up what a pod that is being made still waits for on the engine. */
  readonly #starting = new Set<(error: Error) => void>();
  /** Runs whose engine was lost, and why. It may be back by the time they are to be removed. */
  readonly #lost = new Map<Run, Error>();
  #loss: Error | undefined;
  /** What the pods of a run talk to. */
  readonly #shared = new WeakMap<Run, ServicesOfRun>();
  #isClosed = false;
  readonly #handledBy: HandledBy = {
    prepare: () => this.prepare(),
    start: (order) => this.#start(order),
    checkEngine: (key) => this.#checkEngine(key),
    pod: (key) => this.#pod(key),
    remove: (key) => this.#remove(key),
  };

  constructor(findEngine: () => Promise<Engine>, tell: Tell) {
    this.#findEngine = findEngine;
    this.#tell = tell;
  }

  /** Finds the engine and gets it ready; done ahead, the first pod need not wait for it. */
  prepare(): Promise<Run> {
    if (!this.#run) {
      const run = this.#findEngine().then((engine) => beginRun(engine, (error) => this.#lose(run, error)));
      this.#run = run;
      // An engine that was not there may have been started before the next pod.
      run.catch(() => this.#forget(run));
    }
    return this.#run;
  }

  receive(message: ToAgent): void {
    if (message.kind === 'Await') {
      this.#pods.get(message.key)?.await(message.until ?? NEVER, message.seen);
      return;
    }
    const { id } = message;
    this.#answerInTime(message).then(
      (answer) => this.#tell({ kind: 'Answered', id, answer }),
      (error: unknown) => {
        const pod = this.#podOf(message.asked);
        this.#tell({ kind: 'Refused', id, error: errorData(failedRequest(message, error), pod?.hide) });
      },
    );
  }

  /** Removes every pod, and whatever was about to become one. */
  async close(): Promise<void> {
    this.#isClosed = true;
    const run = await this.#run?.catch(() => undefined);
    const runs = [...this.#lost.keys(), ...(run ? [run] : [])];
    const removals = [...runs, ...this.#pods.values()].map((each) => each.remove());
    await Promise.allSettled([...removals, ...this.#leaving.values()]);
    if (this.#makings.size > 0) {
      await Promise.allSettled(this.#makings);
      await Promise.allSettled(runs.map((each) => each.remove()));
    }
    for (const each of runs) each.close();
  }

  /** A pod whose run breaks answers no more: an engine that is stuck would keep the test waiting for good. */
  #answerInTime(request: AgentRequest): Promise<Reply<RequestKind>> {
    const pod = this.#podOf(request.asked);
    const answer = handle(this.#handledBy, request);
    return pod && request.kind !== 'Remove' ? Promise.race([answer, pod.whenBroken]) : answer;
  }

  async #start(order: PodOrder): Promise<RunReply> {
    this.#wanted.set(order.key, () => {});
    const run = await this.prepare();
    this.#slots ??= new Slots(maxPods());
    const leave = await this.#slots.take(order);
    const making = this.#make(order, run, leave);
    this.#makings.add(making);
    try {
      return await making;
    } catch (error) {
      this.#wanted.delete(order.key);
      leave();
      throw error;
    } finally {
      this.#makings.delete(making);
    }
  }

  async #make(order: PodOrder, run: Run, leave: () => void): Promise<RunReply> {
    this.#mustBeWanted(order);
    this.#wanted.set(order.key, leave);
    const services = await this.#unlessLost(run, this.#join(run, order));
    // By their keys: a pod has something to tell while it is being made.
    const others = () => [...this.#pods].flatMap(([key, other]) => (key === order.key ? [] : [other]));
    if (this.#isClosed || !this.#wanted.has(order.key)) await services.leave();
    this.#mustBeWanted(order);
    const pod = new AgentPod(run, order, services, {
      tell: this.#tell,
      othersAreUp: () => others().every((other) => !other.isStarting),
      onProgress: () => {
        for (const other of others()) other.proceed();
      },
    });
    this.#pods.set(order.key, pod);
    pod.proceed();
    return { createdAtMs: pod.createdAtMs };
  }

  /** Nobody would remove a pod that is made after it has been removed, or after all of them have. */
  #mustBeWanted({ key }: PodOrder): void {
    if (this.#isClosed) throw new Error('the test process has ended');
    if (!this.#wanted.has(key)) throw new Error(`pod ${key} has been removed`);
  }

  /** Rejects if the engine of the run is lost first: a hung engine never answers. */
  #unlessLost<T>(run: Run, answer: Promise<T>): Promise<T> {
    return new Promise<T>((resolve, reject) => {
      const loss = this.#lost.get(run);
      if (loss) reject(loss);
      this.#starting.add(reject);
      answer.then(resolve, reject).finally(() => this.#starting.delete(reject));
    });
  }

  #join(run: Run, { services }: PodOrder): Promise<PodServices> {
    const shared = this.#shared.get(run) ?? new ServicesOfRun(run, () => this.#proceed());
    this.#shared.set(run, shared);
    return PodServices.join(services, shared, (key) => this.#pod(key).actions.asService());
  }

  async #checkEngine(key: string | undefined): Promise<void> {
    if (key !== undefined) return this.#pod(key).run.check();
    if (this.#loss) throw this.#loss;
    await (await this.prepare()).check();
  }

  #proceed(): void {
    for (const pod of this.#pods.values()) pod.proceed();
  }

  async #remove(key: string): Promise<void> {
    const pod = this.#pods.get(key);
    const leave = this.#wanted.get(key);
    this.#pods.delete(key);
    this.#wanted.delete(key);
    if (!pod) return;
    const removal = pod.remove();
    this.#leaving.set(pod, removal);
    // A lost engine is not waited for; what it still holds goes when it is back, at the latest with the next run.
    await Promise.race([
      removal,
      pod.whenBroken.catch(() => sleep(REMOVAL_OF_BROKEN_MS, undefined, { ref: false })),
    ]).finally(() => {
      this.#leaving.delete(pod);
      leave?.();
    });
  }

  #podOf(asked: AgentRequest['asked']): AgentPod | undefined {
    return 'key' in asked && asked.key !== undefined ? this.#pods.get(asked.key) : undefined;
  }

  #pod(key: string): AgentPod {
    const pod = this.#pods.get(key);
    if (!pod) throw new Error(`pod ${key} has been removed`);
    return pod;
  }

  /** Breaks every pod; the next one looks for an engine anew. */
  #lose(run: Promise<Run>, error: Error): void {
    this.#loss ??= error;
    this.#forget(run);
    void run.then((lost) => {
      this.#lost.set(lost, error);
      for (const giveUp of this.#starting) giveUp(error);
      for (const pod of [...this.#pods.values(), ...this.#leaving.keys()]) if (pod.run === lost) pod.break(error);
    });
  }

  #forget(run: Promise<Run>): void {
    if (this.#run === run) this.#run = undefined;
  }
}
