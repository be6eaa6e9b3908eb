import pluralize from 'pluralize';
import type { Instant } from '../../clock/instant';
import { type LogLine, maskLine } from '../../runtime/logLine';
import type { OutputLine } from '../../timeline/output';

/** The time for which a line waits so that others are sent with it. */
const BATCH_MS = 20;
/** The most that may wait for one container, and the size that it is cut to when it exceeds that. */
const UNSENT_MAX_BYTES = 256 * 1024;
const LET_GO_TO_BYTES = UNSENT_MAX_BYTES / 2;
/** The size of a line besides its text. */
const LINE_BYTES = 64;

export interface Post {
  readonly now: () => Instant;
  /** Returns a text without Secrets. */
  readonly hide: (text: string) => string;
  /** Sends lines. `onTaken` is called once there is room for more. */
  readonly send: (lines: readonly OutputLine[], onTaken: () => void) => void;
}

/**
 * The lines that the containers of a pod have written and the test's side has not received yet.
 *
 * The oldest lines of a container that writes faster than the test reads are dropped, and a line in their place states
 * how many.
 */
export class Outbox {
  readonly #post: Post;
  readonly #unsent = new Map<string, Unsent>();
  #timer: NodeJS.Timeout | undefined;
  #underWay = 0;

  constructor(post: Post) {
    this.#post = post;
  }

  add(written: LogLine): void {
    const unsent = this.#unsent.get(written.container) ?? new Unsent();
    this.#unsent.set(written.container, unsent);
    unsent.add({ ...written, at: this.#post.now() });
    this.#timer ??= setTimeout(() => this.flush(), BATCH_MS);
  }

  /** Sends the lines that wait. With `all`, it also sends them if the batch before has not been taken yet. */
  flush({ all = false } = {}): void {
    if (this.#unsent.size === 0 || (this.#underWay > 0 && !all)) return;
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const entries = [...this.#unsent.values()].flatMap((unsent) => unsent.entries());
    this.#unsent.clear();
    this.#underWay += 1;
    const lines = entries.toSorted((a, b) => a.at - b.at).map((entry) => maskLine(entry, this.#post.hide));
    this.#post.send(lines, () => {
      this.#underWay -= 1;
      // Lines that arrived since then have waited long enough.
      if (this.#unsent.size > 0) this.flush();
    });
  }

  /** Stops sending lines. */
  close(): void {
    clearTimeout(this.#timer);
    this.#unsent.clear();
    this.#underWay = Number.POSITIVE_INFINITY;
  }
}

interface OutboxEntry extends LogLine {
  readonly at: Instant;
}

/** The lines of one container that wait. */
class Unsent {
  #entries: OutboxEntry[] = [];
  #size = 0;
  #lost = { lines: 0, bytes: 0 };

  add(entry: OutboxEntry): void {
    this.#entries.push(entry);
    this.#size += sizeOf(entry);
    if (this.#size > UNSENT_MAX_BYTES) this.#letGo();
  }

  /** Returns the lines, after a line that states how many were dropped. */
  entries(): readonly OutboxEntry[] {
    const [first] = this.#entries;
    const { lines, bytes } = this.#lost;
    if (!first || lines === 0) return this.#entries;
    const text = `jest-kubelet: ${pluralize('line', lines, true)} (${bytes} bytes) left out, written faster than they are read`;
    return [{ ...first, bytes: Buffer.from(text) }, ...this.#entries];
  }

  #letGo(): void {
    let count = 0;
    for (; this.#size > LET_GO_TO_BYTES && count < this.#entries.length - 1; count += 1) {
      const entry = this.#entries[count];
      if (!entry) break;
      this.#size -= sizeOf(entry);
      this.#lost.bytes += entry.bytes.length + 1;
    }
    this.#lost.lines += count;
    this.#entries = this.#entries.slice(count);
  }
}

function sizeOf({ bytes }: LogLine): number {
  return bytes.length + LINE_BYTES;
}
