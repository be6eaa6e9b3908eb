import type { Container, Pod } from '../../../manifest/model';
import { containersOf } from '../../../manifest/model';
import { anonymousVolume, type Mount, mountsParts, partOfVolume, pathOfHost } from '../containers/mount';
import type { ContainerInspection, Docker } from '../engine/docker';
import type { Engine } from '../engine/engine';
import { getResponseStatus } from '../engine/engineError';
import { statThrough } from '../volumes/throughHolder';
import { packArchive } from '../volumes/volumeArchive';

/**
 * The folder of the files in the container that holds the volumes. Its image has this many empty files there, and its
 * volume starts with them.
 */
export const LOGS_FOLDER = '/termination-logs';
export const LOGS_IN_IMAGE = 32;
/**
 * All users may write, because the container's user is not known here. Source: kuberuntime_container.go `makeMounts`.
 */
export const LOG_MODE = 0o666;

const KEPT_BYTES = 4096;

/** Returns the volume of the files. It is removed with the container that holds it. */
export function logsVolume(labels: Readonly<Record<string, string>>): Mount {
  return anonymousVolume(labels, LOGS_FOLDER);
}

/**
 * The files at the `terminationMessagePath` of a pod's containers: one for each, on a volume that no process of the pod
 * can reach, empty whenever an instance is created.
 */
export class TerminationLogs {
  readonly #docker: Docker;
  readonly #holderId: string;
  readonly #mountOf: (file: string, target: string) => Mount;
  readonly #names: readonly string[];
  /** Files that are being created or replaced. */
  readonly #renewed = new Map<string, Promise<void>>();

  /** The container holds the files and must be running. */
  constructor({ docker, apiVersion }: Engine, { Id, Mounts, Config: { Labels } }: ContainerInspection, { spec }: Pod) {
    this.#docker = docker;
    this.#holderId = Id;
    const { Name: name = '', Source = '' } = Mounts.find(({ Destination }) => Destination === LOGS_FOLDER) ?? {};
    // An older engine mounts a file by its path on its own machine, inside the volume. A path of ours would mean nothing
    // to an engine elsewhere, and by default the file is in a /dev that is removed with the instance.
    this.#mountOf = mountsParts(apiVersion)
      ? (file, target) => partOfVolume({ name, labels: Labels }, file, target, false)
      : (file, target) => pathOfHost(`${Source}/${file}`, target, false);
    this.#names = containersOf(spec).map(({ name }) => name);
    for (const name of this.#names.slice(LOGS_IN_IMAGE)) this.#renew(name);
  }

  /** Returns the mount of the next instance's file, once the file is empty. */
  async mount({ name, terminationMessagePath }: Container): Promise<Mount | undefined> {
    if (!terminationMessagePath) return undefined;
    await this.#renewed.get(name);
    return this.#mountOf(`${this.#names.indexOf(name)}`, terminationMessagePath);
  }

  /** Returns the end of the file of an instance that has exited. */
  async read({ name, terminationMessagePath }: Container): Promise<string> {
    if (!terminationMessagePath) return '';
    try {
      // A request for the size takes a thirtieth of the time of a read.
      const found = await statThrough(this.#holder, this.#pathOf(name));
      if (!found || found.size === 0) return '';
      const content = await this.#contentOf(name);
      this.#renew(name);
      return content;
    } catch (error) {
      // The pod and the file have been removed.
      if (getResponseStatus(error) === undefined) throw error;
      return '';
    }
  }

  async #contentOf(name: string): Promise<string> {
    const { extract } = await import('tar-stream');
    const files = (await this.#holder.getArchive({ path: this.#pathOf(name) })).pipe(extract());
    let end = Buffer.alloc(0);
    for await (const file of files) {
      for await (const chunk of file) end = Buffer.concat([end, chunk as Buffer]).subarray(-KEPT_BYTES);
    }
    return end.toString('utf8');
  }

  /** Replaces the old file with a new one. A process that still has the old one open cannot write to the new one. */
  #renew(name: string): void {
    const entry = { path: `${this.#names.indexOf(name)}`, mode: LOG_MODE, gid: 0, content: Buffer.alloc(0) };
    const renewed = packArchive([entry]).then((archive) => this.#holder.putArchive(archive, { path: LOGS_FOLDER }));
    // If this fails, the holder has been removed, or the next instance reports the error.
    this.#renewed.set(name, renewed.then(ignore, ignore));
  }

  #pathOf(name: string): string {
    return `${LOGS_FOLDER}/${this.#names.indexOf(name)}`;
  }

  get #holder() {
    return this.#docker.getContainer(this.#holderId);
  }
}

function ignore(): void {}
