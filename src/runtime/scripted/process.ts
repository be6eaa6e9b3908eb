import { after, CREATED, type Instant, NEVER } from '../../clock/instant';
import type { Observation } from '../../kubelet/state/protocol';
import type { Container } from '../../manifest/model';
import type { LogLine } from '../logLine';
import { terminationMessage } from '../terminationMessage';
import { afterTerm, type Behaviour, behaviourAt, durationMs, exitOf, startLagOf, type TimedEntry } from './behaviour';

const KILLED = 137;
const TERMINATED = 143;

/** One run of a container's process: what it does, and when and how it ends. */
export class ScriptedProcess {
  readonly id: string;
  readonly container: Container;
  /** Answers to commands that run inside and end with it, by the run they answer. */
  readonly inside = new Map<number, Observation>();
  readonly #attempt: number;
  readonly #entries: readonly TimedEntry[];
  /** Whether an OOM kill of any process ends it. */
  readonly #endsOnOOM: boolean;
  /** What it writes, and how much of that it has told. */
  readonly #writes: readonly TimedEntry[];
  #told = 0;
  #state: 'created' | 'running' | 'exited' = 'created';
  #startedAt: Instant = NEVER;
  #exitAt: Instant = NEVER;
  #exitCode = 0;
  #signalled = false;
  /** Stopped where it stands, by SIGSTOP. */
  #isFrozen = false;
  #thawedAt: Instant = CREATED;
  /** The stop signal that came while it was; its `stopMs`. */
  #pendingStopMs: number | undefined;
  #isKilled = false;
  /** What it does at the moment, as long as that holds. */
  #behaviour: Behaviour | undefined;

  constructor(id: string, container: Container, attempt: number, entries: readonly TimedEntry[], endsOnOOM = true) {
    this.id = id;
    this.container = container;
    this.#attempt = attempt;
    this.#writes = entries.filter(({ stdout }) => stdout !== undefined);
    this.#entries = entries;
    this.#endsOnOOM = endsOnOOM;
  }

  /** When the kernel kills a child of it and it runs on, from its start. */
  get survivedOOMKillsMs(): readonly number[] {
    if (this.#endsOnOOM) return [];
    return this.#entries.filter(({ oomKill }) => oomKill === 'child').map(({ atMs }) => atMs);
  }

  get isRunning(): boolean {
    return this.#state === 'running';
  }

  /** How long the engine takes to start it. */
  get startLagMs(): number {
    return startLagOf(this.#entries);
  }

  /** The program that its image lacks. */
  get missing(): string | undefined {
    return behaviourAt(this.#entries, 0).missing;
  }

  /** When it ends, as far as is known; NEVER unless it runs. */
  get exitAt(): Instant {
    return this.isRunning && (this.#isKilled || !this.#isFrozen) ? this.#exitAt : NEVER;
  }

  /** When it next writes something; NEVER unless it runs. */
  get writesAt(): Instant {
    const next = this.isRunning ? this.#writes[this.#told] : undefined;
    const at = next && !this.#isFrozen ? latest(after(this.#startedAt, next.atMs), this.#thawedAt) : NEVER;
    return at <= this.#exitAt ? at : NEVER;
  }

  /** What it has written by then, once. */
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
    const exit = exitOf(this.#entries, this.#endsOnOOM);
    this.#state = 'running';
    this.#startedAt = at;
    if (exit) this.end(after(at, exit.atMs), exit.code);
  }

  behaviour(at: Instant): Behaviour {
    const sinceMs = at - this.#startedAt;
    if (!this.#behaviour || sinceMs >= this.#behaviour.untilMs) {
      const scripted = behaviourAt(this.#entries, sinceMs);
      this.#behaviour = this.#signalled ? afterTerm(scripted) : scripted;
    }
    return this.#isFrozen ? { ...this.#behaviour, isFrozen: true } : this.#behaviour;
  }

  freeze(): void {
    this.#isFrozen = this.isRunning;
  }

  /** Goes on; what it would have done meanwhile, it does now. */
  thaw(at: Instant): void {
    if (!this.#isFrozen) return;
    this.#isFrozen = false;
    this.#thawedAt = at;
    this.#exitAt = latest(this.#exitAt, at);
    if (this.#pendingStopMs !== undefined) this.signal('stop', at, this.#pendingStopMs);
  }

  /** Gets its stop signal, or SIGKILL; dying takes `stopMs`. */
  signal(signal: 'stop' | 'SIGKILL', at: Instant, stopMs: number): void {
    if (!this.isRunning) return;
    if (signal === 'SIGKILL') return this.end(after(at, stopMs));
    if (this.#isFrozen) {
      this.#pendingStopMs = stopMs;
      return;
    }
    const { exitAfter, code, ignore } = this.behaviour(at).onTerm ?? { code: TERMINATED };
    this.#signalled = true;
    this.#behaviour = undefined;
    if (ignore || (exitAfter === undefined && code === undefined)) return;
    const afterMs = (exitAfter === undefined ? 0 : durationMs(exitAfter)) + stopMs;
    this.end(after(at, afterMs), code ?? TERMINATED);
  }

  /** Ends at that instant, unless it has ended before; by SIGKILL, unless it ends with a code of its own. */
  end(at: Instant, exitCode?: number): void {
    if (!this.isRunning || this.exitAt <= at) return;
    this.#exitAt = at;
    this.#exitCode = exitCode ?? KILLED;
    this.#isKilled = exitCode === undefined;
  }

  /** Has ended: says how, with what it leaves as its termination message. */
  exited(): Observation {
    this.#state = 'exited';
    const { container, id } = this;
    const { files, stdout } = behaviourAt(this.#entries, this.#exitAt - this.#startedAt);
    const file = files[container.terminationMessagePath ?? '/dev/termination-log'] ?? '';
    const message = terminationMessage(container, this.#exitCode, file, stdout);
    // The runtime remembers any OOM kill in the container, whatever it ends by.
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
