import { fstatSync, writeFileSync } from 'node:fs';
import { OutputError } from '../report/record/outputFile';

type Stream = typeof process.stdout;

/**
 * Stdout of a command. After a failed write, the command still writes its files and sets its exit code, but further output
 * is dropped.
 */
export class StandardOutput {
  readonly #stream: Stream;
  readonly #isOnDisk: boolean;
  readonly #listeners = new Set<() => void>();
  #failure: NodeJS.ErrnoException | undefined;

  constructor(stream: Stream) {
    this.#stream = stream;
    this.#isOnDisk = isOnDisk(stream);
    stream.on('error', (error) => this.#fail(error));
  }

  write(text: string): void {
    if (this.#failure) return;
    if (!this.#isOnDisk) return void this.#stream.write(text);
    try {
      // The stream reports a write as done even if the disk had room for only a part of it.
      writeFileSync(this.#stream.fd, text);
    } catch (error) {
      this.#fail(error as NodeJS.ErrnoException);
    }
  }

  /** Calls the listener once nothing more can be written. Returns a function that stops that. */
  onLost(listener: () => void): () => void {
    if (this.#failure) listener();
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /**
   * Resolves when everything is written. A reader that closes the pipe early, such as `head`, is not a failure.
   *
   * @throws OutputError if something could not be written.
   */
  async flush(): Promise<void> {
    if (!this.#failure && !this.#isOnDisk) await new Promise<void>((done) => this.#stream.write('', () => done()));
    if (this.#failure && this.#failure.code !== 'EPIPE') throw new OutputError('standard output', this.#failure);
  }

  #fail(error: NodeJS.ErrnoException): void {
    if (this.#failure) return;
    this.#failure = error;
    for (const listener of this.#listeners) listener();
  }
}

/** True for a file or a device. A pipe can accept a text in parts, and a terminal has an encoding. */
function isOnDisk({ fd, isTTY }: Stream): boolean {
  try {
    const stats = fstatSync(fd);
    return stats.isFile() || (stats.isCharacterDevice() && !isTTY);
  } catch {
    return false;
  }
}
