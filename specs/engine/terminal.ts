import { type ChildProcessByStdio, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import type { Readable, Writable } from 'node:stream';
import { stripVTControlCharacters } from 'node:util';
import { ROOT } from '../docs/pages';

/** Returns why a command cannot run on a terminal here, or undefined if it can. */
export function explainMissingTerminal(): string | undefined {
  const { stdout } = spawnSync('script', ['--version'], { encoding: 'utf8' });
  return stdout?.includes('util-linux')
    ? undefined
    : 'the script command of util-linux, which creates a terminal, is not installed';
}

/** The command of the package on its own terminal, with keys that the spec types. */
export class Terminal implements Disposable {
  readonly #script: ChildProcessByStdio<Writable, Readable, null>;
  readonly #ended: Promise<unknown>;
  #shown = '';
  /** The position after the text that the last wait found. */
  #read = 0;
  #onShown = () => {};

  /**
   * Starts the command with this number of columns. The last line shows its exit code, and whether the terminal shows
   * typed text again.
   */
  constructor(columns: number, ...args: readonly string[]) {
    const cli = [process.execPath, 'dist/cli.mjs', ...args].join(' ');
    const modes = "stty -a | grep -o -- '-\\?\\(icanon\\|echo\\) ' | xargs";
    // A shell whose command is interrupted also exits, unless it handles the signal.
    const command = `trap : INT; stty rows 24 cols ${columns}; ${cli}; echo code $? $(${modes})`;
    const options = ['--quiet', '--flush', '--return', '--command', command, '/dev/null'];
    this.#script = spawn('script', options, { cwd: ROOT, stdio: ['pipe', 'pipe', 'inherit'] });
    this.#ended = once(this.#script, 'close');
    this.#script.stdout.setEncoding('utf8').on('data', (text: string) => {
      this.#shown += text;
      this.#onShown();
    });
  }

  type(text: string): void {
    this.#script.stdin.write(text);
  }

  /** Waits until the text appears, after that of the last wait. */
  async shows(expected: RegExp): Promise<void> {
    await new Promise<void>((resolve) => {
      this.#onShown = () => {
        const found = expected.exec(stripVTControlCharacters(this.#shown).slice(this.#read));
        if (!found) return;
        this.#onShown = () => {};
        this.#read += found.index + found[0].length;
        resolve();
      };
      this.#onShown();
    });
  }

  /** Waits for the command, and returns its whole output. */
  async end(): Promise<{ readonly raw: string; readonly lines: readonly string[] }> {
    await this.#ended;
    const raw = this.#shown;
    return { raw, lines: stripVTControlCharacters(raw).trimEnd().split(/\r*\n/) };
  }

  [Symbol.dispose](): void {
    this.#script.kill();
  }
}
