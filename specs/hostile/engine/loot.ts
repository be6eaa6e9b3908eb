import { randomBytes, randomUUID } from 'node:crypto';
import path from 'node:path';
import type { EngineMachine } from './engineMachine';

/** A folder on the machine of the engine that no pod may read or change. */
export class Loot implements AsyncDisposable {
  readonly dir = `/var/tmp/jest-kubelet-loot-${randomBytes(4).toString('hex')}`;
  readonly secret = randomUUID();
  readonly #machine: EngineMachine;

  static async hide(machine: EngineMachine): Promise<Loot> {
    const loot = new Loot(machine);
    const { dir, file, secret } = loot;
    // Any user may read and write it, so only the isolation of the container protects it.
    const made = await machine.sh(
      `mkdir ${dir} && chmod 777 ${dir} && printf ${secret} >${file} && chmod 666 ${file} && echo made`,
    );
    if (made !== 'made') throw new Error(`${dir} cannot be created on the machine of the engine`);
    return loot;
  }

  private constructor(machine: EngineMachine) {
    this.#machine = machine;
  }

  get file(): string {
    return path.join(this.dir, 'secret');
  }

  /** Returns the names of the files that an attack changed. */
  async changes(): Promise<readonly string[]> {
    const [names = '', content = ''] = (await this.#machine.sh(`ls -A ${this.dir}; echo /; cat ${this.file}`)).split(
      '/',
    );
    const added = names.split('\n').filter((name) => name !== 'secret' && name !== '');
    return content.trim() === this.secret ? added : [...added, 'secret'];
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#machine.sh(`rm -rf ${this.dir}`);
  }
}
