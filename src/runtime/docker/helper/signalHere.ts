import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { constants, machine, tmpdir } from 'node:os';
import path from 'node:path';
import { makeOwned, removeLeft, removeOwned } from '../../ownedFolder';
import { RuntimeError } from '../../runtimeError';
import { ownProgram } from '../programs/ownProgram';

const NOT_PERMITTED = 1;
const TOO_OLD = 2;
const PREFIX = path.join(tmpdir(), 'jest-kubelet-signal-');

/**
 * A sender of signals to processes of this machine. It uses the program `signal`, written at its first use, because a
 * pid may belong to another process since it was read and Node can only signal a number.
 */
export class SignalHere {
  #folder: string | undefined;

  /**
   * Signals those of the processes that are in the container. An exited process counts as signaled, and the result is
   * false if they are not ours to signal or the program cannot be run here.
   *
   * @throws RuntimeError if the kernel cannot do it.
   */
  async send(containerId: string, pids: readonly number[], name: NodeJS.Signals): Promise<boolean> {
    const program = this.#program();
    if (program === undefined || pids.length === 0) return pids.length === 0;
    const args = [String(constants.signals[name]), containerId, ...pids.map(String)];
    const child = spawn(program, args, { stdio: 'ignore' });
    const code = await once(child, 'exit').then(
      ([exitCode]) => Number(exitCode ?? NOT_PERMITTED),
      () => NOT_PERMITTED,
    );
    if (code !== TOO_OLD) return code === 0;
    const wrong = 'its kernel cannot signal a process safely. Use Linux 5.3 or later';
    throw new RuntimeError('this machine', wrong);
  }

  close(): void {
    if (this.#folder !== undefined) removeOwned(this.#folder);
    this.#folder = undefined;
  }

  /** Returns the path of the program, or undefined if it cannot be written: the temporary folder may be full. */
  #program(): string | undefined {
    const content = ownProgram(machine());
    if (!content) return undefined;
    if (this.#folder === undefined) {
      try {
        removeLeft(PREFIX);
        this.#folder = makeOwned(PREFIX, (folder) => {
          writeFileSync(path.join(folder, 'signal'), content, { mode: 0o700 });
        });
      } catch {
        return undefined;
      }
    }
    return path.join(this.#folder, 'signal');
  }
}
