import type { Container, Pod } from '../../manifest/model';
import { containersOf } from '../../manifest/model';
import type { ContainerInspection, Docker } from './engine';
import { statusOf } from './engineError';
import { type Mount, pathOfHost } from './mount';
import { statThrough } from './throughSandbox';
import { packed } from './volumeArchive';

/** Where a sandbox keeps them. Its image has that many empty files there, and with them its volume begins. */
export const LOGS_FOLDER = '/termination-logs';
export const LOGS_IN_IMAGE = 32;
/** Anybody may write: the container's user is not known here. Source: kuberuntime_container.go `makeMounts`. */
export const LOG_MODE = 0o666;

const KEPT_BYTES = 4096;

/** The volume of a sandbox that holds them; it goes with the sandbox. */
export function logsVolume(labels: Readonly<Record<string, string>>): Mount {
  // The client's types ask for more than the engine does.
  const VolumeOptions = { Labels: { ...labels } } as NonNullable<Mount['VolumeOptions']>;
  return { Type: 'volume', Target: LOGS_FOLDER, VolumeOptions } as Mount;
}

/**
 * The files at the `terminationMessagePath` of a pod's containers: one for each, on a volume of the sandbox, empty
 * whenever an instance is created.
 *
 * The engine is given a file by its path on its own machine, which is inside the volume: a path of ours would mean
 * nothing to an engine elsewhere, and by default the file is in a /dev that goes with the instance.
 */
export class TerminationLogs {
  readonly #docker: Docker;
  readonly #sandboxId: string;
  readonly #source: string;
  readonly #names: readonly string[];
  /** Files that are being made, or made anew. */
  readonly #renewed = new Map<string, Promise<void>>();

  /** In a sandbox that runs. */
  constructor(docker: Docker, { Id, Mounts }: ContainerInspection, { spec }: Pod) {
    this.#docker = docker;
    this.#sandboxId = Id;
    this.#source = Mounts.find(({ Destination }) => Destination === LOGS_FOLDER)?.Source ?? '';
    this.#names = containersOf(spec).map(({ name }) => name);
    for (const name of this.#names.slice(LOGS_IN_IMAGE)) this.#renew(name);
  }

  /** What gives the next instance its file, once that is empty. */
  async mount({ name, terminationMessagePath }: Container): Promise<Mount | undefined> {
    if (!terminationMessagePath) return undefined;
    await this.#renewed.get(name);
    return pathOfHost(`${this.#source}/${this.#names.indexOf(name)}`, terminationMessagePath, false);
  }

  /** The end of what an instance that has exited wrote. */
  async read({ name, terminationMessagePath }: Container): Promise<string> {
    if (!terminationMessagePath) return '';
    try {
      // Asking for its size takes a thirtieth of the time that reading it does.
      const found = await statThrough(this.#sandbox, this.#pathOf(name));
      if (!found || found.size === 0) return '';
      const content = await this.#contentOf(name);
      this.#renew(name);
      return content;
    } catch (error) {
      // Gone with its pod.
      if (statusOf(error) === undefined) throw error;
      return '';
    }
  }

  async #contentOf(name: string): Promise<string> {
    const { extract } = await import('tar-stream');
    const files = (await this.#sandbox.getArchive({ path: this.#pathOf(name) })).pipe(extract());
    let end = Buffer.alloc(0);
    for await (const file of files) {
      for await (const chunk of file) end = Buffer.concat([end, chunk as Buffer]).subarray(-KEPT_BYTES);
    }
    return end.toString('utf8');
  }

  /** A new file takes the old one's place; what still holds on to that one cannot write to this. */
  #renew(name: string): void {
    const entry = { path: `${this.#names.indexOf(name)}`, mode: LOG_MODE, gid: 0, content: Buffer.alloc(0) };
    const renewed = packed([entry]).then((archive) => this.#sandbox.putArchive(archive, { path: LOGS_FOLDER }));
    // Where it fails the sandbox is gone, or the next instance says what is wrong.
    this.#renewed.set(name, renewed.then(ignore, ignore));
  }

  #pathOf(name: string): string {
    return `${LOGS_FOLDER}/${this.#names.indexOf(name)}`;
  }

  get #sandbox() {
    return this.#docker.getContainer(this.#sandboxId);
  }
}

function ignore(): void {}
