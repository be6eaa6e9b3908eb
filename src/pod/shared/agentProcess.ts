import { type ChildProcess, fork, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { closeSync, openSync, readSync, unlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { FromAgent, Reply, RequestKind, RequestPayload, ToAgent } from '../../agent/ipc/messages';
import { reviveError } from '../../agent/ipc/messages';
import type { Instant } from '../../clock/instant';
import { RECORDS_VARIABLE } from '../../report/record/podRecord';
import { RuntimeError } from '../../runtime/runtimeError';
import type { Event } from '../../timeline/event';
import type { OutputLine } from '../../timeline/output';

const COMPLAINT_MAX_BYTES = 4_096;

/** Listener to the events of a pod. */
export interface PodListener {
  onHappened(events: readonly Event[]): void;
  onWrote(lines: readonly OutputLine[]): void;
  onClockReached(at: Instant): void;
  onRested(told: number): void;
  onEnded(): void;
  onBroke(error: Error): void;
}

interface Asker {
  resolve(answer: Reply<RequestKind>): void;
  reject(error: Error): void;
}

/**
 * Process in which the pods of this test process run: detached, so that it can clean up after Ctrl-C, and it keeps this
 * process alive only while an answer is pending. It has no timers, because a test may have replaced them.
 */
export class AgentProcess {
  readonly #file: string;
  readonly #child: ChildProcess;
  readonly #complaints = scratchFile();
  readonly #askers = new Map<number, Asker>();
  readonly #listeners = new Map<string, PodListener>();
  #requests = 0;
  #holds = 0;
  #keys = 0;
  #isClosed = false;
  #failure: RuntimeError | undefined;

  constructor(file = builtAgent()) {
    this.#file = file;
    this.#child = fork(file, agentArguments(), {
      detached: true,
      execArgv: [],
      env: environment(file),
      stdio: ['ignore', 'ignore', this.#complaints ?? 'ignore', 'ipc'],
    });
    this.#child.on('message', (text) => this.#receive(JSON.parse(String(text)) as FromAgent));
    this.#child.on('error', (cause) => this.#onGone('could not be started', cause));
    this.#child.on('exit', (code, signal) => this.#onGone(`exited (${signal ?? `exit code ${code}`})`));
    this.#child.on('disconnect', () => this.#onGone('closed its connection'));
    this.#child.unref();
    this.#child.channel?.unref();
  }

  get isGone(): boolean {
    return this.#failure !== undefined || this.#isClosed;
  }

  /** Returns the key of the next pod in messages. */
  newKey(): string {
    this.#keys += 1;
    return String(this.#keys);
  }

  /** Sends a request. Rejects with the error of the agent, or with a RuntimeError if the agent has exited. */
  request<K extends RequestKind>(kind: K, asked: RequestPayload<K>): Promise<Reply<K>> {
    if (this.#failure) return Promise.reject(this.#failure);
    const id = ++this.#requests;
    const release = this.hold();
    // Captured now, because the stack of the response no longer contains the caller.
    const asker = new Error();
    const answer = new Promise<Reply<RequestKind>>((resolve, reject) => this.#askers.set(id, { resolve, reject }));
    this.#send({ kind, id, asked } as ToAgent);
    return answer.catch((error: Error) => Promise.reject(calledBy(asker, error))).finally(release) as Promise<Reply<K>>;
  }

  /** Reports that a matcher waits for the pod. `seen` is the number of its events that this process has. */
  await(key: string, until: Instant, seen: number): void {
    this.#send({ kind: 'Await', key, seen, ...(Number.isFinite(until) && { until }) });
  }

  /** Sends the messages about the pod `key` to `link`. */
  listen(key: string, link: PodListener): void {
    this.#listeners.set(key, link);
  }

  /** Drops the listener of a pod that sends nothing more. */
  forget(key: string): void {
    this.#listeners.delete(key);
  }

  /** Keeps this process alive until the returned function is called. */
  hold(): () => void {
    this.#holds += 1;
    if (this.#holds === 1) this.#child.channel?.ref();
    return () => {
      this.#holds -= 1;
      if (this.#holds === 0) this.#child.channel?.unref();
    };
  }

  /** Ends the agent, which first removes the rest of its pods. */
  close(): void {
    this.#isClosed = true;
    if (this.#child.connected) this.#child.disconnect();
  }

  #send(message: ToAgent): void {
    if (this.#child.connected) this.#child.send(JSON.stringify(message));
  }

  #receive(message: FromAgent): void {
    switch (message.kind) {
      case 'Answered':
        this.#taken(message.id)?.resolve(message.answer);
        break;
      case 'Refused':
        this.#taken(message.id)?.reject(reviveError(message.error));
        break;
      case 'Happened':
        this.#listeners.get(message.key)?.onHappened(message.events);
        break;
      case 'Wrote':
        this.#listeners.get(message.key)?.onWrote(message.lines);
        break;
      case 'ClockReached':
        this.#listeners.get(message.key)?.onClockReached(message.at);
        break;
      case 'Rested':
        this.#listeners.get(message.key)?.onRested(message.told);
        break;
      case 'Ended':
        this.#listeners.get(message.key)?.onEnded();
        break;
      case 'Broke':
        this.#listeners.get(message.key)?.onBroke(reviveError(message.error));
        break;
    }
  }

  #taken(id: number): Asker | undefined {
    const asker = this.#askers.get(id);
    this.#askers.delete(id);
    return asker;
  }

  #onGone(how: string, cause?: Error): void {
    if (this.#failure) return;
    const complaint = this.#complaint();
    const problem = `the process that runs the pods ${how}${complaint && `:\n${complaint}`}`;
    this.#failure = new RuntimeError('jest-kubelet agent', problem, cause && { cause });
    for (const { reject } of this.#askers.values()) reject(this.#failure);
    this.#askers.clear();
    if (!this.#isClosed) this.#sweep();
    for (const listener of this.#listeners.values()) {
      if (this.#isClosed) listener.onEnded();
      else listener.onBroke(this.#failure);
    }
  }

  /**
   * Removes what the agent has left on the engine, in its own process. A command waits for that, and a test runner does
   * not.
   */
  #sweep(): void {
    const env = environment(this.#file);
    const sweeper = spawn(process.execPath, [this.#file, '--sweep'], { detached: true, env, stdio: 'ignore' });
    // The next run removes what this one cannot.
    sweeper.on('error', () => {});
    if (isTest(process.env)) sweeper.unref();
  }

  /** Returns the end of the agent's standard error. */
  #complaint(): string {
    if (this.#complaints === undefined) return '';
    const buffer = Buffer.alloc(COMPLAINT_MAX_BYTES);
    const length = readSync(this.#complaints, buffer, 0, buffer.length, 0);
    closeSync(this.#complaints);
    return buffer.toString('utf8', 0, length).trim();
  }
}

/** Returns the path of the agent's program, which is built beside the package's code. */
function builtAgent(): string {
  return path.join(path.dirname(require.resolve('jest-kubelet/package.json')), 'dist/agent.mjs');
}

/** Gives an error of the agent the stack of the call that it answers, which leads to the line of the test. */
function calledBy({ stack = '' }: Error, error: Error): Error {
  error.stack = [`${error.name}: ${error.message}`, ...stack.split('\n').slice(1)].join('\n');
  return error;
}

/**
 * Returns the agent's environment, without variables for this process only. Compiled code makes its start faster: it is
 * kept among the caches of the project, if there is one.
 */
function environment(agent: string): NodeJS.ProcessEnv {
  const { NODE_OPTIONS: _, NODE_V8_COVERAGE: __, ...env } = process.env;
  const [, modules] = /^(.*[\\/]node_modules)[\\/]/.exec(agent) ?? [];
  return {
    ...(modules && { NODE_COMPILE_CACHE: path.join(modules, '.cache', 'jest-kubelet') }),
    ...env,
  };
}

/** Returns the process that the agent must not outlive, and the folder that it removes if that process is killed. */
function agentArguments(): string[] {
  const { [RECORDS_VARIABLE]: records } = process.env;
  return [...(isWorker(process.env) ? [`--runner=${process.ppid}`] : []), ...(records ? [`--records=${records}`] : [])];
}

/** Returns whether this process runs tests for its parent alone. */
function isWorker({ JEST_WORKER_ID, VITEST_POOL_ID }: NodeJS.ProcessEnv): boolean {
  return process.send !== undefined && isTest({ JEST_WORKER_ID, VITEST_POOL_ID });
}

function isTest({ JEST_WORKER_ID, VITEST_POOL_ID }: NodeJS.ProcessEnv): boolean {
  return (JEST_WORKER_ID ?? VITEST_POOL_ID) !== undefined;
}

/**
 * Returns a file that is already removed from its folder, so that there is nothing to clean up and no pipe to keep
 * open. Returns undefined if the temporary folder is not writable.
 */
function scratchFile(): number | undefined {
  const name = path.join(tmpdir(), `jest-kubelet-${randomBytes(8).toString('hex')}`);
  try {
    const file = openSync(name, 'wx+', 0o600);
    unlinkSync(name);
    return file;
  } catch {
    return undefined;
  }
}
