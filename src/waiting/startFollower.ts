import { CREATED, type Instant } from '../clock/instant';
import type { PodSpec } from '../manifest/model';
import { isReady } from '../timeline/condition';
import { type Event, isA } from '../timeline/event';
import type { PodStatus } from '../timeline/podStatus';
import type { LimitStart } from '../timing/phase';

/** Progress of one container by its events, since its last run that the wait does not count from. */
export interface ContainerProgress {
  readonly isRunning: boolean;
  readonly startedAt?: Instant;
  /** True if it ran at the origin already, and has not been started since. */
  readonly isCarried?: boolean;
  /** When the API showed that it runs, which is when its probes begin. */
  readonly shownAt?: Instant;
  /** True if the API shows it as started. */
  readonly isStarted: boolean;
  /** True if it has exited with 0. */
  readonly isCompleted: boolean;
  readonly exitedAt?: Instant;
  readonly pull?: { readonly startedAt: Instant; readonly endedAt?: Instant; readonly hasFailed?: boolean };
  readonly hook?: { readonly startedAt: Instant; readonly endedAt?: Instant };
  readonly backOff?: { readonly at: Instant; readonly delayMs: number };
}

const NEW: ContainerProgress = { isRunning: false, isStarted: false, isCompleted: false };

/** Follows how far the start of a pod has come since its origin: the last action of the test, or the last loss of Ready. */
export class StartFollower {
  readonly #spec: PodSpec;
  readonly #containers = new Map<string, ContainerProgress>();
  #origin: Instant = CREATED;
  #originCause: LimitStart = { kind: 'created' };
  #sandboxAt: Instant | undefined;
  #isReady = false;
  #readyAt: Instant | undefined;

  constructor(spec: PodSpec) {
    this.#spec = spec;
  }

  get spec(): PodSpec {
    return this.#spec;
  }

  get origin(): Instant {
    return this.#origin;
  }

  get originCause(): LimitStart {
    return this.#originCause;
  }

  get sandboxAt(): Instant | undefined {
    return this.#sandboxAt;
  }

  /** When the pod first became Ready since the origin. */
  get readyAt(): Instant | undefined {
    return this.#readyAt;
  }

  progressOf(container: string): ContainerProgress {
    return this.#containers.get(container) ?? NEW;
  }

  /**
   * Follows the events. A loss of Ready starts the limit again only on request: a pod that becomes Ready repeatedly
   * would have no limit.
   */
  follow(event: Event, { isRenewedWhenUnready = false } = {}): void {
    const { at } = event;
    if (event.kind === 'TestActed' && event.action !== 'requests') {
      const cause = { kind: 'acted', action: event.action, target: event.container ?? event.service } as const;
      this.#beginAnew(at, event.action === 'run' ? { kind: 'created' } : cause);
    }
    if (event.kind === 'SandboxStarted') {
      this.#sandboxAt = at;
      this.#containers.clear();
    }
    if (event.kind === 'StatusPublished') this.#onStatus(event.status, at, isRenewedWhenUnready);
    if ('container' in event && event.container !== undefined) this.#onContainer(event.container, event);
  }

  #onContainer(name: string, event: Event): void {
    const { at } = event;
    const known = this.progressOf(name);
    // An image is pulled once the sandbox is there.
    if (isA('Pulling', event)) this.#sandboxAt ??= at;
    if (isA('Pulling', event) && known.pull?.hasFailed !== true) {
      this.#set(name, { pull: { startedAt: known.pull?.startedAt ?? at } });
    }
    if (isA('Pulled', event))
      this.#set(name, { pull: { startedAt: at, ...known.pull, endedAt: at, hasFailed: false } });
    // The limit counts from the first failure, and the next pull does not renew it.
    if (isA('Failed', event) && known.pull?.hasFailed !== true && known.startedAt === undefined) {
      this.#set(name, { pull: { startedAt: at, ...known.pull, endedAt: at, hasFailed: true } });
    }
    if (isA('Started', event) || isA('ContainerStarted', event)) this.#onStarted(name, at);
    if (isA('ContainerExited', event)) {
      const { startedAt, shownAt, isCarried, ...rest } = known;
      const counted = isCarried ? rest : known;
      this.#containers.set(name, { ...counted, isRunning: false, exitedAt: at, isCompleted: event.exitCode === 0 });
    }
    if (isA('BackOff', event) && event.delayMs !== undefined) {
      this.#set(name, { backOff: { at, delayMs: event.delayMs } });
    }
    // The hook of a later instance does not renew the limit, as its start does not.
    if (known.startedAt !== undefined && known.exitedAt !== undefined) return;
    if (isA('HookStarted', event) && event.hook === 'postStart') this.#set(name, { hook: { startedAt: at } });
    if (isA('HookFinished', event) && event.hook === 'postStart') {
      this.#set(name, { hook: { startedAt: known.hook?.startedAt ?? at, endedAt: at } });
    }
  }

  /** Counts the first start since the origin, so that a crash loop does not renew the limit. */
  #onStarted(name: string, at: Instant): void {
    const { startedAt, isCarried, isStarted, isCompleted, pull } = this.progressOf(name);
    if (startedAt !== undefined && !isCarried) return this.#set(name, { isRunning: true });
    this.#containers.set(name, { isStarted, isCompleted, ...(pull && { pull }), isRunning: true, startedAt: at });
  }

  #onStatus(status: PodStatus, at: Instant, isRenewedWhenUnready: boolean): void {
    const ready = isReady(status);
    if (!ready && this.#isReady && isRenewedWhenUnready) this.#beginAnew(at, { kind: 'unready' });
    for (const { name, state, started = false } of [...status.initContainerStatuses, ...status.containerStatuses]) {
      const known = this.progressOf(name);
      // A status may be older than the exit that is known already.
      const isShown = state.running !== undefined && known.exitedAt === undefined;
      this.#set(name, {
        isStarted: started,
        ...(isShown && { isRunning: true, startedAt: known.startedAt ?? at, shownAt: known.shownAt ?? at }),
        ...(state.terminated?.exitCode === 0 && { isCompleted: true }),
      });
    }
    if (ready && !this.#isReady) this.#onReady(at);
    this.#isReady = ready;
  }

  #onReady(at: Instant): void {
    this.#readyAt ??= at;
    for (const { name } of this.#spec.containers) {
      const { startedAt = at, shownAt = at } = this.progressOf(name);
      this.#set(name, { startedAt, shownAt });
    }
  }

  /** Starts the limit again. Containers that run at the origin count as started then. */
  #beginAnew(at: Instant, cause: LimitStart): void {
    this.#origin = at;
    this.#originCause = cause;
    this.#readyAt = undefined;
    for (const [name, { isRunning, isStarted, isCompleted, hook, pull, shownAt, exitedAt }] of this.#containers) {
      this.#containers.set(name, {
        isRunning,
        isStarted,
        isCompleted,
        ...(isRunning && { startedAt: at, isCarried: true, ...(shownAt !== undefined && { shownAt: at }) }),
        ...(!isRunning && exitedAt !== undefined && { exitedAt }),
        ...(hook && hook.endedAt === undefined && { hook }),
        ...(pull && pull.endedAt === undefined && { pull }),
      });
    }
  }

  #set(name: string, more: Partial<ContainerProgress>): void {
    this.#containers.set(name, { ...this.progressOf(name), ...more });
  }
}
