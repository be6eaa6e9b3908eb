import pluralize from 'pluralize';
import type { Instant } from '../../clock/instant';
import { type LogLine, recorded } from '../../runtime/logLine';
import type { OutputLine } from '../../timeline/output';

/** How long a line waits for others to go with. */
const BATCH_MS = 20;
/** What of one container may wait to be sent, and how much of that is let go of when it is more. */
const UNSENT_MAX_BYTES = 256 * 1024;
const LET_GO_TO_BYTES = UNSENT_MAX_BYTES / 2;
/** What a line takes besides its text. */
const LINE_BYTES = 64;

export interface Post {
  readonly now: () => Instant;
  /** A line as people may see it. */
  readonly hide: (text: string) => string;
  /** Sends lines on their way; `onTaken` is called once there is room for more. */
  readonly send: (lines: readonly OutputLine[], onTaken: () => void) => void;
}

/**
 * What the containers of a pod have written and the test's side has not been sent yet.
 *
 * However fast they write and however slowly it is taken, no more than a little waits: of a container that is too fast the
 * oldest lines go, and a line in their place says how many. Batches go one at a time, unless somebody wants all of it sent.
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

  /** Sends what waits; with `all`, even though an earlier batch has not been taken yet. */
  flush({ all = false } = {}): void {
    if (this.#unsent.size === 0 || (this.#underWay > 0 && !all)) return;
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const entries = [...this.#unsent.values()].flatMap((unsent) => unsent.entries());
    this.#unsent.clear();
    this.#underWay += 1;
    const lines = entries.toSorted((a, b) => a.at - b.at).map((entry) => recorded(entry, this.#post.hide));
    this.#post.send(lines, () => {
      this.#underWay -= 1;
      // What came meanwhile has waited long enough.
      if (this.#unsent.size > 0) this.flush();
    });
  }

  /** Sends nothing any more. */
  close(): void {
    clearTimeout(this.#timer);
    this.#unsent.clear();
    this.#underWay = Number.POSITIVE_INFINITY;
  }
}

interface OutboxEntry extends LogLine {
  readonly at: Instant;
}

/** What of one container waits. */
class Unsent {
  #entries: OutboxEntry[] = [];
  #size = 0;
  #lost = { lines: 0, bytes: 0 };

  add(entry: OutboxEntry): void {
    this.#entries.push(entry);
    this.#size += sizeOf(entry);
    if (this.#size > UNSENT_MAX_BYTES) this.#letGo();
  }

  /** All of it, the word on what is lost first. */
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
