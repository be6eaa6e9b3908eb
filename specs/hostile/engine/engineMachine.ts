import { execFile } from 'node:child_process';
import { text } from 'node:stream/consumers';
import { promisify } from 'node:util';
import type { Docker } from '../../../src/runtime/docker/engine/docker';
import { findEngine } from '../../../src/runtime/docker/engine/engine';

const IMAGE = 'busybox:1.36';
/** The root of the machine in a container of ours. */
const ROOT = '/machine';

/** False if the engine is reached by a network. One behind a local socket may be elsewhere too, but no spec is run on such. */
export const isEngineHere = /^(unix:|$)/.test(process.env.DOCKER_HOST ?? '');

/** The machine that the engine runs on, which may be another one: the files and processes that no pod may reach. */
export class EngineMachine implements AsyncDisposable {
  readonly #container: ReturnType<Docker['getContainer']> | undefined;

  static async reach(): Promise<EngineMachine> {
    if (isEngineHere) return new EngineMachine(undefined);
    const { docker } = await findEngine();
    const container = await docker.createContainer({
      Image: IMAGE,
      Cmd: ['sleep', '3600'],
      HostConfig: { AutoRemove: true, PidMode: 'host', Binds: [`/:${ROOT}`] },
    });
    await container.start();
    return new EngineMachine(container);
  }

  private constructor(container: ReturnType<Docker['getContainer']> | undefined) {
    this.#container = container;
  }

  /** Runs a script there as root. Resolves to what it printed, also if it failed. */
  async sh(script: string): Promise<string> {
    if (!this.#container) {
      const local = promisify(execFile)('sh', ['-c', script]);
      return (await local.catch((error: { readonly stdout: string }) => error)).stdout.trim();
    }
    const Cmd = ['chroot', ROOT, 'sh', '-c', `(${script}\n) 2>/dev/null`];
    const exec = await this.#container.exec({ Cmd, Tty: true, AttachStdout: true, AttachStderr: true });
    return (await text(await exec.start({ Tty: true }))).replaceAll('\r\n', '\n').trim();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#container?.remove({ force: true });
  }
}
