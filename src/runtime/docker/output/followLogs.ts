import type { Readable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import { type LinePart, LineSplitter } from '../../logLine';
import type { Docker } from '../engine/docker';
import { messageOf } from '../engine/engineError';
import { type Frame, FrameReader } from '../engine/rawStream';

/** How long the last lines of an instance may keep its exit from being told, once everything else is known of it. */
const LAST_LINES_MAX_MS = 1_000;
/** A stream that ends while its instance runs is opened again after that long. */
const REOPENED_AFTER_MS = 1_000;

/** An entry of a log begins with when it was written: `2026-11-21T15:23:18.123456789Z `. */
const STAMP = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/;
const STAMP_MAX_BYTES = 36;
const SPACE = 0x20;

/** Takes a line as it came. */
export type OnLine = (stream: 'stdout' | 'stderr', line: LinePart) => void;

/**
 * Follows what an instance that has been started writes, from its first byte to its last. Where the engine does not hand
 * it out, a line says so.
 *
 * The engine keeps what is written: a container never waits for us, and what it wrote before we asked is there as well.
 * The stream may end a moment before the instance does (Docker 20.10), or long after (Podman 4): at the exit what has not
 * been read yet is asked for anew.
 */
export class LogFollower {
  readonly #docker: Docker;
  readonly #id: string;
  readonly #onLine: OnLine;
  readonly #splitters = { stdout: new LineSplitter(), stderr: new LineSplitter() };
  readonly #read: Promise<void>;
  readonly #exit = new AbortController();
  /** Of each stream the stamp of the entry read last, and how many had it. */
  readonly #last = { stdout: { stamp: '', count: 0 }, stderr: { stamp: '', count: 0 } };

  constructor(docker: Docker, id: string, onLine: OnLine) {
    this.#docker = docker;
    this.#id = id;
    this.#onLine = onLine;
    this.#read = this.#readAll();
  }

  /**
   * The instance has exited: resolves once its last lines are read, or will not be in good time. Never rejects. `known` is
   * settled when the engine has answered what else is asked of the exit: it may be busy for a while with that exit itself.
   */
  async exited(known: Promise<unknown> = Promise.resolve()): Promise<void> {
    this.#exit.abort();
    const patience = new AbortController();
    const wait = () => sleep(LAST_LINES_MAX_MS, undefined, { signal: patience.signal });
    const late = known.then(wait).catch(() => {});
    await Promise.race([this.#read, late]);
    patience.abort();
    this.#endLines();
  }

  async #readAll(): Promise<void> {
    const { signal } = this.#exit;
    try {
      while (!signal.aborted) {
        await this.#follow(signal);
        await sleep(REOPENED_AFTER_MS, undefined, { signal, ref: false }).catch(() => {});
      }
      await this.#follow();
    } catch (error) {
      const bytes = Buffer.from(`jest-kubelet: the engine does not show what is written: ${messageOf(error)}`);
      this.#onLine('stderr', { bytes });
    }
    this.#endLines();
  }

  /** What nothing has ended is a line as well. */
  #endLines(): void {
    for (const from of ['stdout', 'stderr'] as const) {
      for (const line of this.#splitters[from].rest()) this.#onLine(from, line);
    }
  }

  /** Reads on after what has been read, until it is called off; of an instance that has exited to the end of what there is. */
  async #follow(calledOff?: AbortSignal): Promise<void> {
    const what = { follow: true, stdout: true, stderr: true, timestamps: true, since: this.#since } as const;
    const stream = (await this.#docker.getContainer(this.#id).logs(what)) as Readable;
    const hangUp = () => stream.destroy();
    if (calledOff?.aborted) return void hangUp();
    calledOff?.addEventListener('abort', hangUp);
    try {
      await this.#readOn(stream);
    } catch (error) {
      if (!calledOff?.aborted) throw error;
    } finally {
      calledOff?.removeEventListener('abort', hangUp);
    }
  }

  /** What is read already comes once more. Of one stream all is in order, of the two together it need not be. */
  async #readOn(stream: Readable): Promise<void> {
    const reader = new FrameReader();
    const known = { ...this.#last };
    for await (const chunk of stream) {
      for (const { from, content } of reader.read(chunk)) {
        const entry = stamped(content);
        const { stamp, count } = known[from];
        if (entry.stamp < stamp) continue;
        if (entry.stamp === stamp && count > 0) known[from] = { stamp, count: count - 1 };
        else this.#take(from, entry);
      }
    }
  }

  #take(from: Frame['from'], { stamp, content }: LogEntry): void {
    const last = this.#last[from];
    this.#last[from] = { stamp, count: stamp === last.stamp ? last.count + 1 : 1 };
    for (const line of this.#splitters[from].split(content)) this.#onLine(from, line);
  }

  /** When to read on from, in seconds since the epoch: what comes of the other stream may be a little older. */
  get #since(): number {
    const { stdout, stderr } = this.#last;
    const read = [stdout, stderr].flatMap(({ stamp }) => (stamp === '' ? [] : [Date.parse(stamp)]));
    return read.length === 0 ? 0 : Math.floor(Math.min(...read) / 1_000) - 1;
  }
}

interface LogEntry {
  readonly stamp: string;
  readonly content: Buffer;
}

/**
 * Engines write stamps of one length, so that they sort as texts.
 *
 * @throws Error where an entry has none: nobody would know where to read on.
 */
function stamped(content: Buffer): LogEntry {
  const end = content.subarray(0, STAMP_MAX_BYTES).indexOf(SPACE) + 1;
  const stamp = content.toString('latin1', 0, end).trimEnd();
  if (!STAMP.test(stamp)) throw new Error('it does not say when an entry of a log was written');
  return { stamp, content: content.subarray(end) };
}
