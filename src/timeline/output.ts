import type { Instant } from '../clock/instant';

/** A line that a container has written. */
export interface OutputLine {
  readonly at: Instant;
  readonly container: string;
  /** The instance: the number of restarts of the container before. */
  readonly attempt: number;
  readonly stream: 'stdout' | 'stderr';
  /** The line as people may see it: what a Secret of the manifest holds is `***`. Nothing else is taken out. */
  readonly text: string;
  /** The line as it came, where `text` hides some of it: to be judged by, and never shown. Not enumerable. */
  readonly written?: string;
}

/** Returns a line of which nothing that lists its properties shows what was hidden: no JSON, no message of a test. */
export function sealed(line: OutputLine): OutputLine {
  if (!Object.keys(line).includes('written')) return line;
  const { written, ...shown } = line;
  return Object.defineProperty(shown, 'written', { value: written });
}

/** Characters that are kept of one container; older lines are dropped first. */
const KEPT_MAX_CHARACTERS = 1_000_000;

/** Output of the containers of one pod: of each the newest lines, up to a limit. */
export interface Output {
  /** The number of lines written so far, dropped ones included. */
  readonly count: number;
  /** All of it, in order. */
  readonly lines: readonly OutputLine[];
  /** Returns the kept lines of a container, oldest first; of one instance of it if an attempt is given. */
  of(container: string, attempt?: number): readonly OutputLine[];
}

/** The log behind an {@link Output}, for the run that writes it. */
export class WritableOutput implements Output {
  readonly #kept = new Map<string, Kept>();
  #count = 0;

  append(line: OutputLine): void {
    const kept = this.#kept.get(line.container) ?? new Kept();
    this.#kept.set(line.container, kept);
    kept.append(line);
    this.#count += 1;
  }

  get count(): number {
    return this.#count;
  }

  of(container: string, attempt?: number): readonly OutputLine[] {
    const lines = this.#kept.get(container)?.lines ?? [];
    return attempt === undefined ? lines : lines.filter((line) => line.attempt === attempt);
  }

  get lines(): readonly OutputLine[] {
    return [...this.#kept.values()].flatMap(({ lines }) => lines).sort((a, b) => a.at - b.at);
  }
}

/** The newest lines of one container. */
class Kept {
  #lines: OutputLine[] = [];
  /** The number of dropped lines at the beginning. Taking each out alone would move all the others. */
  #gone = 0;
  #size = 0;

  append(line: OutputLine): void {
    this.#lines.push(line);
    this.#size += sizeOf(line);
    for (; this.#size > KEPT_MAX_CHARACTERS && this.#gone < this.#lines.length - 1; this.#gone += 1) {
      const oldest = this.#lines[this.#gone];
      if (oldest) this.#size -= sizeOf(oldest);
    }
    if (this.#gone > this.#lines.length / 2) this.#forget();
  }

  get lines(): readonly OutputLine[] {
    if (this.#gone > 0) this.#forget();
    return this.#lines;
  }

  #forget(): void {
    this.#lines = this.#lines.slice(this.#gone);
    this.#gone = 0;
  }
}

/** Size of a line besides its text. */
const LINE_CHARACTERS = 64;

function sizeOf({ text }: OutputLine): number {
  return text.length + LINE_CHARACTERS;
}
