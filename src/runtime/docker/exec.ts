import { readFile } from 'node:fs/promises';
import type { Readable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import type { ExecInContainer, ExecOptions, ExecResult } from '../containerRuntime';
import type { Docker } from './engine';
import { messageOf } from './engineError';
import { framesOf } from './rawStream';

const POLL_MS = 10;
/** An exec that has not begun so long after its deadline will not begin. */
const BEGINS_WITHIN_MS = 5_000;
/** What the engine writes, as if the command had, where it could not run it; the exit code is then 126 or 127. */
const COULD_NOT_RUN = 'OCI runtime exec failed';

type Exec = ReturnType<Docker['getExec']>;

/** Runs commands through the engine's exec API. */
export function execThrough(docker: Docker): ExecInContainer {
  return (id, argv, options = {}) =>
    execute(docker, id, argv, options).catch((error) => ({ kind: 'CouldNotRun', message: messageOf(error) }));
}

async function execute(docker: Docker, id: string, argv: readonly string[], options: ExecOptions): Promise<ExecResult> {
  const output = new Output(options.limitBytes);
  const deadline = new AbortController();
  const starting = start(docker, id, argv);
  const ran = starting.then(({ exec, stream }) => finish(exec, stream, output));
  if (options.timeoutMs === undefined) return ran;

  const timedOut = sleep(options.timeoutMs, undefined, { signal: deadline.signal }).then((): ExecResult => {
    void starting.then(({ exec, stream }) => killCommand(exec, id).finally(() => stream.destroy())).catch(ignore);
    return { kind: 'TimedOut', output: output.text() };
  });
  timedOut.catch(ignore);
  try {
    return await Promise.race([ran, timedOut]);
  } finally {
    deadline.abort();
  }
}

async function start(docker: Docker, id: string, argv: readonly string[]): Promise<{ exec: Exec; stream: Readable }> {
  const container = docker.getContainer(id);
  const exec = await container.exec({ Cmd: [...argv], AttachStdout: true, AttachStderr: true });
  return { exec, stream: await exec.start({}) };
}

async function finish(exec: Exec, stream: Readable, output: Output): Promise<ExecResult> {
  for await (const { from, content } of framesOf(stream)) output.add(from, content);
  const exitCode = await exitCodeOf(exec);
  const text = output.text();
  if ((exitCode === 126 || exitCode === 127) && text.startsWith(COULD_NOT_RUN)) {
    return { kind: 'CouldNotRun', message: text.trim() };
  }
  return { kind: 'Exited', exitCode, output: text };
}

/** The output may end before the engine has noticed the exit. */
async function exitCodeOf(exec: Exec): Promise<number> {
  for (;;) {
    const { ExitCode, Running } = await exec.inspect();
    if (!Running && ExitCode !== null) return ExitCode;
    await sleep(POLL_MS);
  }
}

/**
 * Kills the command itself and nothing else, by its pid on the engine's host. Where that is another machine, or its
 * processes are not ours to signal, the command lives on.
 */
async function killCommand(exec: Exec, containerId: string): Promise<void> {
  const pid = await hostPidOf(exec);
  if (pid === undefined || !(await isIn(containerId, pid))) return;
  process.kill(pid, 'SIGKILL');
}

/** Zero until the command has begun, and a signal to 0 would hit our own process group. */
async function hostPidOf(exec: Exec): Promise<number | undefined> {
  for (let waitedMs = 0; waitedMs < BEGINS_WITHIN_MS; waitedMs += POLL_MS) {
    const { Pid, ExitCode } = await exec.inspect();
    if (ExitCode !== null) return undefined;
    if (Pid > 0) return Pid;
    await sleep(POLL_MS);
  }
  return undefined;
}

/** Whether that process of this machine belongs to the container: the engine may count its pids on another one. */
async function isIn(containerId: string, pid: number): Promise<boolean> {
  const cgroups = await readFile(`/proc/${pid}/cgroup`, 'utf8').catch(() => '');
  return cgroups.includes(containerId);
}

/** What a command wrote: standard output, then standard error, up to so many bytes of both. */
class Output {
  readonly #limit: number;
  readonly #written = { stdout: [] as Buffer[], stderr: [] as Buffer[] };
  readonly #kept = { stdout: 0, stderr: 0 };

  constructor(limitBytes = Number.POSITIVE_INFINITY) {
    this.#limit = limitBytes;
  }

  add(from: 'stdout' | 'stderr', content: Buffer): void {
    const kept = content.subarray(0, Math.min(content.length, this.#limit - this.#kept[from]));
    this.#written[from].push(kept);
    this.#kept[from] += kept.length;
  }

  text(): string {
    const all = Buffer.concat([...this.#written.stdout, ...this.#written.stderr]);
    return all.subarray(0, Math.min(all.length, this.#limit)).toString('utf8');
  }
}

function ignore(): void {}
