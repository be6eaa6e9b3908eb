import type { Hide } from '../masking/masker';
import type { CutEnds } from '../masking/scanner';

/** A line that an instance of a container has written. */
export interface LogLine {
  readonly container: string;
  /** The instance of the container: the number of restarts before it. */
  readonly attempt: number;
  readonly stream: 'stdout' | 'stderr';
  /** The bytes of the line, without its newline. */
  readonly bytes: Buffer;
  /** The ends at which a line that is too long was cut. */
  readonly cut?: CutEnds;
}

/** A line, or a part of a line that is too long. */
export type LinePart = Pick<LogLine, 'bytes' | 'cut'>;

/** Returns the line as text without Secrets. If that changes it, `written` keeps the original text. */
export function maskLine<Line extends LogLine>({ bytes, cut, ...of }: Line, hide: Hide) {
  const written = bytes.toString('utf8');
  const text = hide(written, cut);
  return { ...of, text, ...(text !== written && { written }) };
}

/** The size limit of an entry of a log. Source: containerd, `max_container_log_line_size`. */
const LINE_MAX_BYTES = 16 * 1024;
const NEWLINE = 0x0a;

/**
 * A splitter of one stream of a process into lines. It cuts a line that is too long into several, as in the log that a
 * kubelet reads, and it cuts before a character and not inside it.
 *
 * Source: containerd internal/cri/io/logger.go `redirectLogs`.
 */
export class LineSplitter {
  #begun: Buffer = Buffer.alloc(0);
  #isContinued = false;

  /** Returns the lines that end within `content`. */
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

  /** Returns the line that has no end yet, once. */
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

/** Returns the start of the character that `at` is within, or `at` itself if the bytes are not UTF-8. */
function beforeCharacter(bytes: Buffer, at: number): number {
  for (let start = at; start > at - 4; start -= 1) if (((bytes[start] ?? 0) & 0xc0) !== 0x80) return start;
  return at;
}
