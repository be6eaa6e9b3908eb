import { after, CREATED, type Instant, NEVER } from '../../clock/instant';
import type { Observation } from '../../kubelet/state/protocol';
import type { Container } from '../../manifest/model';
import type { LogLine } from '../logLine';
import { terminationMessage } from '../terminationMessage';
import {
  afterTerm,
  behaviorAt,
  durationMs,
  findExit,
  findStartLag,
  type ProcessBehavior,
  type TimedEntry,
} from './processBehavior';

const KILLED = 137;
const TERMINATED = 143;

/** A run of a container's process. */
export class ScriptedProcess {
  readonly id: string;
  readonly container: Container;
  /** Results of commands that run inside and end with the process, by the run of the probe or hook. */
  readonly inside = new Map<number, Observation>();
  readonly #attempt: number;
  readonly #entries: readonly TimedEntry[];
  /** True if an OOM kill of any process ends it. */
  readonly #endsOnOOM: boolean;
  /** The entries with output, and the number of them that were taken. */
  readonly #writes: readonly TimedEntry[];
  #told = 0;
  #state: 'created' | 'running' | 'exited' = 'created';
  #startedAt: Instant = NEVER;
  #exitAt: Instant = NEVER;
  #exitCode = 0;
  #signalled = false;
  /** True if SIGSTOP has stopped it. */
  #isFrozen = false;
  #thawedAt: Instant = CREATED;
  /** The `stopMs` of a stop signal that came while it was frozen. */
  #pendingStopMs: number | undefined;
  #isKilled = false;
  /** The current behavior, as long as it is valid. */
  #behavior: ProcessBehavior | undefined;

  constructor(id: string, container: Container, attempt: number, entries: readonly TimedEntry[], endsOnOOM = true) {
    this.id = id;
    this.container = container;
    this.#attempt = attempt;
    this.#writes = entries.filter(({ stdout }) => stdout !== undefined);
    this.#entries = entries;
    this.#endsOnOOM = endsOnOOM;
  }

  /** The times, from its start, at which the kernel kills a child and the process keeps running. */
  get survivedOOMKillsMs(): readonly number[] {
    if (this.#endsOnOOM) return [];
    return this.#entries.filter(({ oomKill }) => oomKill === 'child').map(({ atMs }) => atMs);
  }

  get isRunning(): boolean {
    return this.#state === 'running';
  }

  /** The time that the engine takes to start it. */
  get startLagMs(): number {
    return findStartLag(this.#entries);
  }

  /** The program that its image lacks. */
  get missing(): string | undefined {
    return behaviorAt(this.#entries, 0).missing;
  }

  /** The instant of its exit, or NEVER if that is unknown or it does not run. */
  get exitAt(): Instant {
    return this.isRunning && (this.#isKilled || !this.#isFrozen) ? this.#exitAt : NEVER;
  }

  /** The instant of its next output, or NEVER if it does not run. */
  get writesAt(): Instant {
    const next = this.isRunning ? this.#writes[this.#told] : undefined;
    const at = next && !this.#isFrozen ? latest(after(this.#startedAt, next.atMs), this.#thawedAt) : NEVER;
    return at <= this.#exitAt ? at : NEVER;
  }

  /** Returns its output until then, once. */
  takeWritten(at: Instant): readonly (LogLine & { readonly at: Instant })[] {
    const taken: (LogLine & { readonly at: Instant })[] = [];
    for (let writesAt = this.writesAt; writesAt <= at; writesAt = this.writesAt) {
      const { stdout = '' } = this.#writes[this.#told] ?? {};
      const of = { container: this.container.name, attempt: this.#attempt, stream: 'stdout', at: writesAt } as const;
      for (const line of stdout.replace(/\n$/, '').split('\n')) taken.push({ ...of, bytes: Buffer.from(line) });
      this.#told += 1;
    }
    return taken;
  }

  start(at: Instant): void {
    const exit = findExit(this.#entries, this.#endsOnOOM);
    this.#state = 'running';
    this.#startedAt = at;
    if (exit) this.end(after(at, exit.atMs), exit.code);
  }

  behavior(at: Instant): ProcessBehavior {
    const sinceMs = at - this.#startedAt;
    if (!this.#behavior || sinceMs >= this.#behavior.untilMs) {
      const scripted = behaviorAt(this.#entries, sinceMs);
      this.#behavior = this.#signalled ? afterTerm(scripted) : scripted;
    }
    return this.#isFrozen ? { ...this.#behavior, isFrozen: true } : this.#behavior;
  }

  freeze(): void {
    this.#isFrozen = this.isRunning;
  }

  /** Continues the process. Everything that was due during the freeze happens now. */
  thaw(at: Instant): void {
    if (!this.#isFrozen) return;
    this.#isFrozen = false;
    this.#thawedAt = at;
    this.#exitAt = latest(this.#exitAt, at);
    if (this.#pendingStopMs !== undefined) this.signal('stop', at, this.#pendingStopMs);
  }

  /** Sends the stop signal or SIGKILL. The exit takes `stopMs`. */
  signal(signal: 'stop' | 'SIGKILL', at: Instant, stopMs: number): void {
    if (!this.isRunning) return;
    if (signal === 'SIGKILL') return this.end(after(at, stopMs));
    if (this.#isFrozen) {
      this.#pendingStopMs = stopMs;
      return;
    }
    const { exitAfter, code, ignore } = this.behavior(at).onTerm ?? { code: TERMINATED };
    this.#signalled = true;
    this.#behavior = undefined;
    if (ignore || (exitAfter === undefined && code === undefined)) return;
    const afterMs = (exitAfter === undefined ? 0 : durationMs(exitAfter)) + stopMs;
    this.end(after(at, afterMs), code ?? TERMINATED);
  }

  /** Ends the process at that instant, unless it exits before. It ends by SIGKILL if no exit code is given. */
  end(at: Instant, exitCode?: number): void {
    if (!this.isRunning || this.exitAt <= at) return;
    this.#exitAt = at;
    this.#exitCode = exitCode ?? KILLED;
    this.#isKilled = exitCode === undefined;
  }

  /** Marks the process as exited. Returns the exit with its termination message. */
  takeExit(): Observation {
    this.#state = 'exited';
    const { container, id } = this;
    const { files, stdout } = behaviorAt(this.#entries, this.#exitAt - this.#startedAt);
    const file = files[container.terminationMessagePath ?? '/dev/termination-log'] ?? '';
    const message = terminationMessage(container, this.#exitCode, file, stdout);
    // The runtime remembers every OOM kill in the container, whatever the cause of its exit.
    const lifeMs = this.#exitAt - this.#startedAt;
    const isOOM = this.#exitCode !== 0 && this.#entries.some(({ oomKill, atMs }) => oomKill && atMs <= lifeMs);
    return {
      kind: 'ContainerExited',
      id,
      exitCode: this.#exitCode,
      ...(isOOM ? { reason: 'OOMKilled' } : {}),
      ...(message === undefined ? {} : { message }),
    };
  }
}

function latest(...instants: readonly Instant[]): Instant {
  return Math.max(...instants) as Instant;
}
