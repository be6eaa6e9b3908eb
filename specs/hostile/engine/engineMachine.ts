import { execFile } from 'node:child_process';
import { text } from 'node:stream/consumers';
import { promisify } from 'node:util';
import type { Docker } from '../../../src/runtime/docker/engine/docker';
import { findEngine } from '../../../src/runtime/docker/engine/engine';

const IMAGE = 'busybox:1.36';
/** The mount of the root directory of the machine in our container. */
const ROOT = '/machine';

/** True if the engine has a local socket. Such an engine could also be elsewhere, but no spec runs on one. */
export const isEngineHere = /^(unix:|$)/.test(process.env.DOCKER_HOST ?? '');

/** The machine of the engine, local or remote, with the files and processes that no pod may reach. */
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

  /** Runs a script there as root, and returns its output even if it fails. */
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
