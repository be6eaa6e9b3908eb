import type { Instant } from '../clock/instant';

/** Line that a container has printed. */
export interface OutputLine {
  /** When the line was printed. */
  readonly at: Instant;
  /** Name of the container. */
  readonly container: string;
  /** Number of earlier instances of the container. */
  readonly attempt: number;
  /** Stream of the line. */
  readonly stream: 'stdout' | 'stderr';
  /** The line for display. Only values of Secrets are replaced, by `***`. */
  readonly text: string;
  /** The unmasked line, if `text` masks a part of it. Only assertions read it, and it is not enumerable. */
  readonly written?: string;
}

/** Returns the line with its unmasked text as a property that is not enumerable, so no JSON and no message shows it. */
export function sealLine(line: OutputLine): OutputLine {
  if (!Object.keys(line).includes('written')) return line;
  const { written, ...shown } = line;
  return Object.defineProperty(shown, 'written', { value: written });
}

/** Characters that are kept of one container; older lines are dropped first. */
const KEPT_MAX_CHARACTERS = 1_000_000;

/** Output of the containers of a pod: the newest lines of each, up to a limit. */
export interface Output {
  /** Number of printed lines, including the dropped ones. */
  readonly count: number;
  /** All kept lines, in order. */
  readonly lines: readonly OutputLine[];
  /** Returns the kept lines of a container, or of one of its instances, oldest first. */
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
