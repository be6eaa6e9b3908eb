import type { Hide } from '../masking/masker';
import type { CutEnds } from '../masking/scanner';

/** A line that an instance of a container has written. */
export interface LogLine {
  readonly container: string;
  /** Of which instance: how often the container had been restarted. */
  readonly attempt: number;
  readonly stream: 'stdout' | 'stderr';
  /** As they came, without the newline. */
  readonly bytes: Buffer;
  /** Of a part of a line that is too long. */
  readonly cut?: CutEnds;
}

/** A line, or a part of one that is too long. */
export type LinePart = Pick<LogLine, 'bytes' | 'cut'>;

/** The line as it goes on record: as text, with what it was where `hide` takes something out of it. */
export function recorded<Line extends LogLine>({ bytes, cut, ...of }: Line, hide: Hide) {
  const written = bytes.toString('utf8');
  const text = hide(written, cut);
  return { ...of, text, ...(text !== written && { written }) };
}

/** As long as an entry of a log may be. Source: containerd, `max_container_log_line_size`. */
const LINE_MAX_BYTES = 16 * 1024;
const NEWLINE = 0x0a;

/**
 * Makes lines of one stream of a process. A line that is too long becomes several, as in the log a kubelet reads; the cut
 * is put before a character rather than through it.
 *
 * Source: containerd internal/cri/io/logger.go `redirectLogs`.
 */
export class LineSplitter {
  #begun: Buffer = Buffer.alloc(0);
  #isContinued = false;

  /** The lines that end with this. */
  split(content: Buffer): readonly LinePart[] {
    const lines: LinePart[] = [];
    let from = 0;
    for (let end = content.indexOf(NEWLINE); end >= 0; end = content.indexOf(NEWLINE, from)) {
      this.#add(content.subarray(from, end), lines);
      lines.push(this.#ended());
      from = end + 1;
    }
    this.#add(content.subarray(from), lines);
    return lines;
  }

  /** The line that nothing has ended, once. */
  rest(): readonly LinePart[] {
    return this.#begun.length > 0 ? [this.#ended()] : [];
  }

  #ended(): LinePart {
    const line = { bytes: this.#begun, ...(this.#isContinued && { cut: { start: true } }) };
    this.#begun = Buffer.alloc(0);
    this.#isContinued = false;
    return line;
  }

  #add(part: Buffer, lines: LinePart[]): void {
    let line = this.#begun.length === 0 ? part : Buffer.concat([this.#begun, part]);
    while (line.length > LINE_MAX_BYTES) {
      const cut = beforeCharacter(line, LINE_MAX_BYTES);
      lines.push({ bytes: line.subarray(0, cut), cut: { start: this.#isContinued, end: true } });
      this.#isContinued = true;
      line = line.subarray(cut);
    }
    this.#begun = line;
  }
}

/** Where the character begins that `at` is within; `at` itself where that is no UTF-8. */
function beforeCharacter(bytes: Buffer, at: number): number {
  for (let start = at; start > at - 4; start -= 1) if (((bytes[start] ?? 0) & 0xc0) !== 0x80) return start;
  return at;
}
