import type { Readable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import { type LinePart, LineSplitter } from '../../logLine';
import type { Docker } from '../engine/docker';
import { getEngineMessage } from '../engine/engineError';
import { type Frame, FrameReader } from '../engine/rawStream';

/** The limit for which the last lines of an instance may delay its exit, once everything else is known about it. */
const LAST_LINES_MAX_MS = 1_000;
/** A stream that ends while its instance runs is opened again after this time. */
const REOPENED_AFTER_MS = 1_000;

/** The beginning of a log entry, its time: `2026-11-21T15:23:18.123456789Z `. */
const STAMP = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/;
const STAMP_MAX_BYTES = 36;
const SPACE = 0x20;

/** Receives a line. */
export type OnLine = (stream: 'stdout' | 'stderr', line: LinePart) => void;

/**
 * A follower of the output of a started instance, from its first byte to its last; a line states if the engine does not
 * deliver it. The engine keeps the output, so a container never waits for us, and output before the first request is
 * not lost.
 */
export class LogFollower {
  readonly #docker: Docker;
  readonly #id: string;
  readonly #onLine: OnLine;
  readonly #splitters = { stdout: new LineSplitter(), stderr: new LineSplitter() };
  readonly #read: Promise<void>;
  readonly #exit = new AbortController();
  /** The stamp of the entry read last, and the number of entries with it, for each stream. */
  readonly #last = { stdout: { stamp: '', count: 0 }, stderr: { stamp: '', count: 0 } };

  constructor(docker: Docker, id: string, onLine: OnLine) {
    this.#docker = docker;
    this.#id = id;
    this.#onLine = onLine;
    this.#read = this.#readAll();
  }

  /**
   * Resolves after the exit of the instance, when its last lines are read or their limit has passed. Never rejects;
   * `known` settles when the engine has responded to all other requests about the exit, because it may be busy with the
   * exit itself.
   */
  async finish(known: Promise<unknown> = Promise.resolve()): Promise<void> {
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
      // The stream may end a moment before the instance (Docker 20.10) or long after it (Podman 4), so output that has
      // not been read is requested again at the exit.
      await this.#follow();
    } catch (error) {
      const bytes = Buffer.from(`jest-kubelet: failed to read the log from the engine: ${getEngineMessage(error)}`);
      this.#onLine('stderr', { bytes });
    }
    this.#endLines();
  }

  /** Emits the remaining text of each stream as a line. */
  #endLines(): void {
    for (const from of ['stdout', 'stderr'] as const) {
      for (const line of this.#splitters[from].rest()) this.#onLine(from, line);
    }
  }

  /** Reads new entries, until it is aborted or, for an instance that has exited, until the end of the log. */
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

  /**
   * Reads a stream that starts with entries that were read before. The entries of one stream are in order, but those of
   * the two together may not be.
   */
  async #readOn(stream: Readable): Promise<void> {
    const reader = new FrameReader();
    const known = { ...this.#last };
    for await (const chunk of stream) {
      for (const { from, content } of reader.read(chunk)) {
        const entry = parseEntry(content);
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

  /** The second since the epoch to read from. Unread entries of the other stream may be a little older. */
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
 * Returns an entry with its stamp. Engines write stamps of one length, so that they sort as texts.
 *
 * @throws Error if an entry has no stamp, because the place to continue from is unknown then.
 */
function parseEntry(content: Buffer): LogEntry {
  const end = content.subarray(0, STAMP_MAX_BYTES).indexOf(SPACE) + 1;
  const stamp = content.toString('latin1', 0, end).trimEnd();
  if (!STAMP.test(stamp)) throw new Error('an entry of the log has no time');
  return { stamp, content: content.subarray(end) };
}
