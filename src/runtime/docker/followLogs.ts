import type { Readable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import { LineSplitter } from '../written';
import type { Docker } from './engine';
import { messageOf } from './engineError';
import { type Frame, FrameReader } from './rawStream';

/** How long the last lines of an instance may keep its exit from being told. */
const LAST_LINES_MAX_MS = 250;
/** A stream that ends while its instance runs is opened again after that long. */
const REOPENED_AFTER_MS = 1_000;

/** An entry of a log begins with when it was written: `2026-11-21T15:23:18.123456789Z `. */
const STAMP = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(?:\.(\d+))?(Z|[+-]\d\d:\d\d) $/;
const STAMP_MAX_BYTES = 36;
const SPACE = 0x20;

/** Takes a line as it came. */
export type OnLine = (stream: 'stdout' | 'stderr', bytes: Buffer) => void;

/**
 * Follows what an instance that has been started writes, from its first byte to its last. Where the engine does not hand
 * it out, a line says so.
 *
 * The engine keeps what is written: a container never waits for us, and what it wrote before we asked is there as well.
 * As the stream may end a moment before the instance does (Docker 20.10), what came after is asked for at the exit.
 */
export class LogFollower {
  readonly #docker: Docker;
  readonly #id: string;
  readonly #onLine: OnLine;
  readonly #splitters = { stdout: new LineSplitter(), stderr: new LineSplitter() };
  readonly #read: Promise<void>;
  readonly #exit = new AbortController();
  #last = { stamp: '', count: 0 };

  constructor(docker: Docker, id: string, onLine: OnLine) {
    this.#docker = docker;
    this.#id = id;
    this.#onLine = onLine;
    this.#read = this.#readAll();
  }

  /** The instance has exited: resolves once its last lines are read, or will not be in good time. Never rejects. */
  async exited(): Promise<void> {
    this.#exit.abort();
    const patience = new AbortController();
    const late = sleep(LAST_LINES_MAX_MS, undefined, { signal: patience.signal }).catch(() => {});
    await Promise.race([this.#read, late]);
    patience.abort();
    // A stream may end long after its instance (Podman 4).
    this.#endLines();
  }

  async #readAll(): Promise<void> {
    const { signal } = this.#exit;
    try {
      while (!signal.aborted) {
        await this.#follow();
        await sleep(REOPENED_AFTER_MS, undefined, { signal, ref: false }).catch(() => {});
      }
      await this.#follow();
    } catch (error) {
      this.#onLine(
        'stderr',
        Buffer.from(`jest-kubelet: the engine does not show what is written: ${messageOf(error)}`),
      );
    }
    this.#endLines();
  }

  /** What nothing has ended is a line as well. */
  #endLines(): void {
    for (const from of ['stdout', 'stderr'] as const) {
      for (const line of this.#splitters[from].rest()) this.#onLine(from, line);
    }
  }

  /** Reads on after what has been read; to the end of what there is once the instance has exited. */
  async #follow(): Promise<void> {
    const { stamp } = this.#last;
    const since = stamp === '' ? {} : { since: unixTime(stamp) as unknown as number };
    const what = { follow: true, stdout: true, stderr: true, timestamps: true, ...since } as const;
    const stream = (await this.#docker.getContainer(this.#id).logs(what)) as Readable;
    const reader = new FrameReader();
    // The engine hands out once more what was written at that very instant, and one that knows no nanoseconds more.
    let known = this.#last.count;
    for await (const chunk of stream) {
      for (const frame of reader.read(chunk)) {
        const entry = stamped(frame.content);
        if (entry.stamp < stamp) continue;
        if (known > 0 && entry.stamp === stamp) known -= 1;
        else this.#take(frame.from, entry);
      }
    }
  }

  #take(from: Frame['from'], { stamp, content }: Entry): void {
    this.#last = { stamp, count: stamp === this.#last.stamp ? this.#last.count + 1 : 1 };
    for (const line of this.#splitters[from].split(content)) this.#onLine(from, line);
  }
}

interface Entry {
  readonly stamp: string;
  readonly content: Buffer;
}

function stamped(content: Buffer): Entry {
  const end = content.subarray(0, STAMP_MAX_BYTES).indexOf(SPACE) + 1;
  const stamp = content.toString('latin1', 0, end);
  return STAMP.test(stamp) ? { stamp, content: content.subarray(end) } : { stamp: '', content };
}

/** As the engine takes a point in time: seconds and nanoseconds since the epoch. */
function unixTime(stamp: string): string {
  const [, seconds = '', fraction = '', zone = ''] = STAMP.exec(stamp) ?? [];
  return `${Date.parse(`${seconds}${zone}`) / 1_000}.${fraction.padEnd(9, '0')}`;
}
