import type { Container, Pod } from '../../../manifest/model';
import { containersOf } from '../../../manifest/model';
import { anonymousVolume, type Mount, mountsParts, partOfVolume, pathOfHost } from '../containers/mount';
import type { ContainerInspection, Docker } from '../engine/docker';
import type { Engine } from '../engine/engine';
import { responseStatusOf } from '../engine/engineError';
import { statThrough } from '../volumes/throughHolder';
import { packed } from '../volumes/volumeArchive';

/** Where the container that holds the volumes keeps them. Its image has that many empty files there, and with them its volume begins. */
export const LOGS_FOLDER = '/termination-logs';
export const LOGS_IN_IMAGE = 32;
/** Anybody may write: the container's user is not known here. Source: kuberuntime_container.go `makeMounts`. */
export const LOG_MODE = 0o666;

const KEPT_BYTES = 4096;

/** The volume that they are on. It goes with the container that holds it. */
export function logsVolume(labels: Readonly<Record<string, string>>): Mount {
  return anonymousVolume(labels, LOGS_FOLDER);
}

/**
 * The files at the `terminationMessagePath` of a pod's containers: one for each, on a volume that no process of the pod
 * can reach, empty whenever an instance is created.
 *
 * An older engine is given a file by its path on its own machine, which is inside the volume: a path of ours would mean
 * nothing to an engine elsewhere, and by default the file is in a /dev that goes with the instance.
 */
export class TerminationLogs {
  readonly #docker: Docker;
  readonly #holderId: string;
  readonly #mountOf: (file: string, target: string) => Mount;
  readonly #names: readonly string[];
  /** Files that are being made, or made anew. */
  readonly #renewed = new Map<string, Promise<void>>();

  /** In the container that holds them, which runs. */
  constructor({ docker, apiVersion }: Engine, { Id, Mounts, Config: { Labels } }: ContainerInspection, { spec }: Pod) {
    this.#docker = docker;
    this.#holderId = Id;
    const { Name: name = '', Source = '' } = Mounts.find(({ Destination }) => Destination === LOGS_FOLDER) ?? {};
    this.#mountOf = mountsParts(apiVersion)
      ? (file, target) => partOfVolume({ name, labels: Labels }, file, target, false)
      : (file, target) => pathOfHost(`${Source}/${file}`, target, false);
    this.#names = containersOf(spec).map(({ name }) => name);
    for (const name of this.#names.slice(LOGS_IN_IMAGE)) this.#renew(name);
  }

  /** What gives the next instance its file, once that is empty. */
  async mount({ name, terminationMessagePath }: Container): Promise<Mount | undefined> {
    if (!terminationMessagePath) return undefined;
    await this.#renewed.get(name);
    return this.#mountOf(`${this.#names.indexOf(name)}`, terminationMessagePath);
  }

  /** The end of what an instance that has exited wrote. */
  async read({ name, terminationMessagePath }: Container): Promise<string> {
    if (!terminationMessagePath) return '';
    try {
      // Asking for its size takes a thirtieth of the time that reading it does.
      const found = await statThrough(this.#holder, this.#pathOf(name));
      if (!found || found.size === 0) return '';
      const content = await this.#contentOf(name);
      this.#renew(name);
      return content;
    } catch (error) {
      // Gone with its pod.
      if (responseStatusOf(error) === undefined) throw error;
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

  /** A new file takes the old one's place; what still holds on to that one cannot write to this. */
  #renew(name: string): void {
    const entry = { path: `${this.#names.indexOf(name)}`, mode: LOG_MODE, gid: 0, content: Buffer.alloc(0) };
    const renewed = packed([entry]).then((archive) => this.#holder.putArchive(archive, { path: LOGS_FOLDER }));
    // Where it fails the holder is gone, or the next instance says what is wrong.
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
