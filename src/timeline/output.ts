import type { Instant } from '../clock/instant';

/** A line that a container has written, as it came: not decoded further, nothing taken out. */
export interface OutputLine {
  readonly at: Instant;
  readonly container: string;
  /** Of which instance: how often the container had been restarted. */
  readonly attempt: number;
  readonly stream: 'stdout' | 'stderr';
  readonly text: string;
}

/** What one container may keep on record; older lines go first. */
const KEPT_MAX_CHARACTERS = 1_000_000;

/** What the containers of one pod have written: of each the newest lines, up to a limit. */
export class Output {
  readonly #lines = new Map<string, OutputLine[]>();
  readonly #sizes = new Map<string, number>();

  append(line: OutputLine): void {
    const { container } = line;
    const lines = this.#lines.get(container) ?? [];
    this.#lines.set(container, lines);
    lines.push(line);
    let size = (this.#sizes.get(container) ?? 0) + sizeOf(line);
    while (size > KEPT_MAX_CHARACTERS && lines.length > 1) {
      const oldest = lines.shift();
      if (oldest) size -= sizeOf(oldest);
    }
    this.#sizes.set(container, size);
  }

  /** The lines of a container that are on record, oldest first; of one instance of it where an attempt is named. */
  of(container: string, attempt?: number): readonly OutputLine[] {
    const lines = this.#lines.get(container) ?? [];
    return attempt === undefined ? lines : lines.filter((line) => line.attempt === attempt);
  }

  /** All of it, in order. */
  get lines(): readonly OutputLine[] {
    return [...this.#lines.values()].flat().sort((a, b) => a.at - b.at);
  }
}

/** An empty line takes room as well. */
function sizeOf({ text }: OutputLine): number {
  return text.length + 1;
}
