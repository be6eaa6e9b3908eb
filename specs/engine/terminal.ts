import { type ChildProcessByStdio, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import type { Readable, Writable } from 'node:stream';
import { stripVTControlCharacters } from 'node:util';
import { ROOT } from '../docs/pages';

/** Why nothing can be run on a terminal here; undefined when it can. */
export function whyNoTerminal(): string | undefined {
  const { stdout } = spawnSync('script', ['--version'], { encoding: 'utf8' });
  return stdout?.includes('util-linux') ? undefined : 'there is no script of util-linux, which makes a terminal';
}

/** The command of the package on a terminal of its own, with somebody who types. */
export class Terminal implements Disposable {
  readonly #script: ChildProcessByStdio<Writable, Readable, null>;
  readonly #ended: Promise<unknown>;
  #shown = '';
  /** How much of it has been waited for. */
  #read = 0;
  #onShown = () => {};

  /** So many columns wide. What it ends with, and whether the terminal shows again what is typed, is the last line. */
  constructor(columns: number, ...args: readonly string[]) {
    const cli = [process.execPath, 'dist/cli.mjs', ...args].join(' ');
    const modes = "stty -a | grep -o -- '-\\?\\(icanon\\|echo\\) ' | xargs";
    // A shell whose command was interrupted ends as well, unless it does something about that itself.
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

  /** Resolves once that is shown, after what was waited for before. */
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

  /** All that was sent to it, once the command is over. */
  async end(): Promise<{ readonly raw: string; readonly lines: readonly string[] }> {
    await this.#ended;
    const raw = this.#shown;
    return { raw, lines: stripVTControlCharacters(raw).trimEnd().split(/\r*\n/) };
  }

  [Symbol.dispose](): void {
    this.#script.kill();
  }
}
