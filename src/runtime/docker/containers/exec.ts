import type { Readable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import type { ExecInContainer, ExecLimits, ExecResult } from '../../../probes/ports';
import type { Docker } from '../engine/docker';
import { getEngineMessage } from '../engine/engineError';
import { readFrames } from '../engine/rawStream';
import { withEngineHost } from '../processes/engineHost';
import type { Run } from '../run';
import { waitForExitCode } from './execExit';
import { withPidsLimit } from './pidsLimit';

const POLL_MS = 10;
/**
 * The size that a node keeps of each stream of a command. Source: containerd, internal/cri/server `maxExecSyncSize`.
 */
const KEPT_BYTES = 16 * 1024 * 1024;
/** An exec that has not started this long after its deadline will not start. */
const BEGINS_WITHIN_MS = 5_000;
/** The engine's output instead of the command's if it could not run the command. The exit code is then 126 or 127. */
const COULD_NOT_RUN =
  /^OCI runtime exec failed|^cannot exec in a \w+ (?:state|process)|^Error: .*: OCI runtime (?:attempted|permission|error)/s; // Docker, containerd; Podman

type Exec = ReturnType<Docker['getExec']>;

/** Runs commands through the engine's exec API. */
export function execThrough(run: Run): ExecInContainer {
  return (id, argv, options = {}) =>
    execute(run, id, argv, options).catch((error) => ({ kind: 'CouldNotRun', message: getEngineMessage(error) }));
}

/**
 * Runs a command. The deadline starts when the engine reports that it starts the command and lasts until the end of the
 * output: the engine's own delay, which may be seconds if it is remote or busy, is not slowness of the app.
 */
async function execute(run: Run, id: string, argv: readonly string[], options: ExecLimits): Promise<ExecResult> {
  const output = new ExecOutput(options.limitBytes);
  const { exec, stream } = await start(run.engine.docker, id, argv);
  const ended = read(stream, output);
  if (options.timeoutMs !== undefined && !(await isOver(ended, options.timeoutMs))) {
    ended.catch(ignore);
    killCommand(run, exec, id)
      .catch(ignore)
      .finally(() => stream.destroy());
    return { kind: 'TimedOut', output: output.text() };
  }
  await ended;
  const result = resultOf(await waitForExitCode(exec), output.text());
  if (result.kind !== 'CouldNotRun') return result;
  return { ...result, message: await withPidsLimit(run.engine.docker, id, result.message) };
}

/** Returns true if the work has finished by then, with any result. */
async function isOver(work: Promise<void>, withinMs: number): Promise<boolean> {
  const calledOff = new AbortController();
  const late = sleep(withinMs, false, { signal: calledOff.signal }).catch(() => false);
  try {
    return await Promise.race([work.then(() => true), late]);
  } finally {
    calledOff.abort();
  }
}

async function start(docker: Docker, id: string, argv: readonly string[]): Promise<{ exec: Exec; stream: Readable }> {
  const container = docker.getContainer(id);
  const exec = await container.exec({ Cmd: [...argv], AttachStdout: true, AttachStderr: true });
  return { exec, stream: await exec.start({}) };
}

async function read(stream: Readable, output: ExecOutput): Promise<void> {
  for await (const { from, content } of readFrames(stream)) output.add(from, content);
}

function resultOf(exitCode: number, output: string): ExecResult {
  const couldNotRun = (exitCode === 126 || exitCode === 127) && COULD_NOT_RUN.test(output);
  return couldNotRun ? { kind: 'CouldNotRun', message: output.trim() } : { kind: 'Exited', exitCode, output };
}

/** Kills only the command itself, by its pid on the engine's host. The command keeps running if the pid is unknown. */
async function killCommand(run: Run, exec: Exec, containerId: string): Promise<void> {
  const pid = await findHostPid(exec);
  if (pid !== undefined) await withEngineHost(run, containerId, (host) => host.signal([pid], 'SIGKILL'));
}

/**
 * Returns the command's pid. It is 0 until the command has started, and a signal to 0 would hit our own process group.
 */
async function findHostPid(exec: Exec): Promise<number | undefined> {
  for (let waitedMs = 0; waitedMs < BEGINS_WITHIN_MS; waitedMs += POLL_MS) {
    const { Pid, ExitCode } = await exec.inspect();
    if (ExitCode !== null) return undefined;
    if (Pid > 0) return Pid;
    await sleep(POLL_MS);
  }
  return undefined;
}

/** Output of a command: stdout, then stderr, up to a limit for both. */
class ExecOutput {
  readonly #limit: number;
  readonly #written = { stdout: [] as Buffer[], stderr: [] as Buffer[] };
  readonly #kept = { stdout: 0, stderr: 0 };

  constructor(limitBytes = KEPT_BYTES) {
    this.#limit = limitBytes;
  }

  add(from: 'stdout' | 'stderr', content: Buffer): void {
    const length = Math.min(content.length, this.#limit - this.#kept[from]);
    if (length <= 0) return;
    // A copy, because a slice would keep the whole chunk in memory.
    this.#written[from].push(Buffer.from(content.subarray(0, length)));
    this.#kept[from] += length;
  }

  text(): string {
    const all = Buffer.concat([...this.#written.stdout, ...this.#written.stderr]);
    return all.subarray(0, Math.min(all.length, this.#limit)).toString('utf8');
  }
}

function ignore(): void {}
