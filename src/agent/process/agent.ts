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

/** The pods of one test process, and its requests about them. */
export class Agent {
  readonly #findEngine: () => Promise<Engine>;
  readonly #tell: Tell;
  readonly #pods = new Map<string, AgentPod>();
  /** Pods that are being removed. A lost engine must not delay that. */
  readonly #leaving = new Map<AgentPod, Promise<void>>();
  /** Pods that are being created. They may add containers to the engine after all other pods have been removed. */
  readonly #makings = new Set<Promise<unknown>>();
  /** Pods that were requested and are not removed yet, with the function that releases their place on this machine. */
  readonly #wanted = new Map<string, () => void>();
  #slots: Slots | undefined;
  #run: Promise<Run> | undefined;
  /** Rejects the waits of pods that are being created. */
  readonly #starting = new Set<(error: Error) => void>();
  /** Runs whose engine was lost, and the error of each. The engine may respond again by the time they are removed. */
  readonly #lost = new Map<Run, Error>();
  #loss: Error | undefined;
  /** The services of the pods of each run. */
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

  /** Finds the engine and prepares it. If this is called early, the first pod need not wait for it. */
  prepare(): Promise<Run> {
    if (!this.#run) {
      const run = this.#findEngine().then((engine) => beginRun(engine, (error) => this.#lose(run, error)));
      this.#run = run;
      // An engine that was missing may have been started before the next pod.
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

  /** Removes every pod, and everything that was about to become one. */
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

  /** Rejects when the pod's run is aborted, because an engine that hangs would keep the test waiting forever. */
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
    // Other pods are found by their keys, because a pod already sends messages while it is being created.
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

  /** Throws if the pod or the agent has been removed already: nothing would remove a pod that is created after that. */
  #mustBeWanted({ key }: PodOrder): void {
    if (this.#isClosed) throw new Error('the test process has ended');
    if (!this.#wanted.has(key)) throw new Error(`pod ${key} has been removed`);
  }

  /** Rejects if the engine of the run is lost first, because a hung engine never responds. */
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
    // The removal does not wait for a lost engine. Everything that the engine still holds is removed when it responds
    // again, or with the next run at the latest.
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

  /** Breaks every pod of the run. The next pod looks for an engine again. */
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
