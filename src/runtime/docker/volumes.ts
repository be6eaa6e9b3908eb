import path from 'node:path/posix';
import type { Container, Volume, VolumeMount } from '../../manifest/model';
import type { VolumeFile } from '../../manifest/volumes';
import type { Docker } from './engine';
import { messageOf } from './engineError';
import {
  type EngineVolume,
  type Mount,
  type Mounts,
  mountsParts,
  partOfVolume,
  pathOfHost,
  wholeVolume,
} from './mount';
import { nestedMountpoints } from './nestedMountpoints';
import { subPathOf } from './subPath';
import { isLink, makeDirectory, statThrough } from './throughSandbox';
import { type ArchiveEntry, contentEntries, emptyDirectories, packed, rootEntry, versionAt } from './volumeArchive';
import { kindOf, type VolumeKind } from './volumeKind';

/** Where the sandbox has them. */
const SANDBOX_ROOT = 'volumes';

export interface VolumesOfPod {
  readonly volumes: readonly Volume[];
  readonly containers: readonly Container[];
  readonly fsGroup: number | undefined;
  readonly labels: Readonly<Record<string, string>>;
  /** What the engine calls a volume. */
  readonly nameOf: (volume: string) => string;
}

interface Made extends VolumeKind {
  readonly name: string;
  readonly engineName: string;
}

/**
 * The volumes of one pod. The sandbox mounts them all, writable and for the pod's whole life: they are filled through
 * it, and those in memory live as long as it does.
 */
export class Volumes {
  readonly #docker: Docker;
  readonly #pod: VolumesOfPod;
  readonly #made: readonly Made[];
  readonly #written = versionAt(new Date(), Math.random());
  #files: Readonly<Record<string, readonly VolumeFile[]>> = {};
  #sandboxId = '';
  #isFilled = false;
  #version: ReturnType<Docker['version']> | undefined;

  constructor(docker: Docker, pod: VolumesOfPod) {
    this.#docker = docker;
    this.#pod = pod;
    this.#made = pod.volumes.flatMap((volume) => {
      const kind = kindOf(volume);
      return kind ? [{ ...kind, name: volume.name, engineName: pod.nameOf(volume.name) }] : [];
    });
  }

  /** Makes what is not there yet; resolves to what the sandbox mounts. */
  async make(): Promise<Mount[]> {
    await Promise.all(
      this.#made.map(({ engineName, memory }) =>
        this.#docker.createVolume({
          Name: engineName,
          Labels: { ...this.#pod.labels },
          ...(memory && { Driver: 'local', DriverOpts: inMemory(memory) }),
        }),
      ),
    );
    return this.#made.map((made) => wholeVolume(this.#onEngine(made), `/${SANDBOX_ROOT}/${made.name}`, false));
  }

  /** Gives each volume of a sandbox that runs its owner, its permissions and its files, by the volume's name. */
  async fill(sandboxId: string, files: Readonly<Record<string, readonly VolumeFile[]>>): Promise<void> {
    this.#sandboxId = sandboxId;
    this.#files = files;
    if (this.#made.length === 0) return;
    // What is on disk has outlasted the sandbox before.
    const empty = this.#isFilled ? this.#made.filter(({ memory }) => memory) : this.#made;
    const archive = await packed(empty.flatMap((made) => this.#entriesOf(made)));
    await this.#docker.getContainer(sandboxId).putArchive(archive, { path: '/' });
    this.#isFilled = true;
  }

  /**
   * What a container is given of them.
   *
   * @throws Error where a mount asks for what cannot be; Kubernetes' `CreateContainerConfigError`.
   */
  async mountsOf({ name, volumeMounts = [] }: Container, env: Readonly<Record<string, string>>): Promise<Mounts> {
    const mounts: Mounts = { Mounts: [], Binds: [] };
    // One after another: two may want the same directory made.
    for (const mount of volumeMounts) {
      const subPath = subPathOf(mount, env);
      const made = this.#made.find((each) => each.name === mount.name);
      if (made) mounts.Mounts.push(await this.#mountOf(made, mount, subPath, name));
      else this.#addHostPath(mounts, mount, subPath);
    }
    return mounts;
  }

  async #mountOf(
    made: Made,
    { mountPath, readOnly = false }: VolumeMount,
    subPath: string | undefined,
    container: string,
  ): Promise<Mount> {
    const target = path.join('/', mountPath);
    const isReadOnly = readOnly || made.readOnly;
    if (subPath === undefined) return wholeVolume(this.#onEngine(made), target, isReadOnly);
    try {
      const part = this.#fileAt(made, subPath) ?? (await this.#directoryAt(made, subPath));
      return await this.#part(made, part, target, isReadOnly);
    } catch (cause) {
      const what = `volumeMount "${made.name}" of container "${container}"`;
      throw new Error(`failed to prepare subPath for ${what}: ${messageOf(cause)}`, { cause });
    }
  }

  /** What the links of a volume made of configuration lead to. */
  #fileAt({ name }: Made, subPath: string): string | undefined {
    const isThere = this.#files[name]?.some((file) => file.path === subPath || file.path.startsWith(`${subPath}/`));
    return isThere ? `${this.#written}/${subPath}` : undefined;
  }

  /**
   * A part that is not there becomes a directory, as the kubelet makes it. One that is reached by a symbolic link is
   * refused: a container may have made it, and it would lead out of the volume on the engine's host.
   */
  async #directoryAt({ name, mode }: Made, subPath: string): Promise<string> {
    const root = `/${SANDBOX_ROOT}/${name}`;
    const sandbox = this.#docker.getContainer(this.#sandboxId);
    const missing: ArchiveEntry[] = [];
    let place = root;
    for (const step of subPath.split('/')) {
      place = `${place}/${step}`;
      const found = missing.length > 0 ? undefined : await statThrough(sandbox, place);
      if (found && isLink(found)) throw new Error(`${step} is a symbolic link, only what is no link can be mounted`);
      if (!found) missing.push({ path: place.slice(1), mode: mode & 0o777, gid: this.#pod.fsGroup ?? 0 });
    }
    if (missing.length > 0) await makeDirectory(sandbox, missing);
    return subPath;
  }

  /** Older engines mount whole volumes only; they know where they keep them, and mount any path of their host. */
  async #part(made: Made, part: string, target: string, isReadOnly: boolean): Promise<Mount> {
    this.#version ??= this.#docker.version();
    if (mountsParts((await this.#version).ApiVersion)) {
      return partOfVolume(this.#onEngine(made), part, target, isReadOnly);
    }
    const { Mountpoint } = await this.#docker.getVolume(made.engineName).inspect();
    return pathOfHost(`${Mountpoint}/${part}`, target, isReadOnly);
  }

  #onEngine({ engineName }: Made): EngineVolume {
    return { name: engineName, labels: this.#pod.labels };
  }

  #addHostPath(mounts: Mounts, { name, mountPath, readOnly = false }: VolumeMount, subPath = ''): void {
    const hostPath = this.#pod.volumes.find((volume) => volume.name === name)?.hostPath;
    if (!hostPath) return;
    const source = path.join(hostPath.path, subPath);
    const target = path.join('/', mountPath);
    const mayBeMade = !hostPath.type || hostPath.type === 'DirectoryOrCreate';
    // A bind makes the directory where there is none; a mount fails.
    if (mayBeMade) mounts.Binds.push(`${source}:${target}${readOnly ? ':ro' : ''}`);
    else mounts.Mounts.push(pathOfHost(source, target, readOnly));
  }

  #entriesOf({ name, mode, readOnly }: Made): ArchiveEntry[] {
    const { fsGroup } = this.#pod;
    const owner = { readOnly, ...(fsGroup !== undefined && { fsGroup }) };
    const root = `${SANDBOX_ROOT}/${name}`;
    const files = this.#files[name];
    const directory = rootEntry(root, mode, owner);
    if (!files) return [directory];
    const mountpoints = nestedMountpoints(name, this.#pod.containers);
    return [
      directory,
      ...contentEntries(root, files, this.#written, owner),
      ...emptyDirectories(root, mountpoints, owner),
    ];
  }
}

function inMemory({ sizeBytes }: { readonly sizeBytes?: number }): Record<string, string> {
  return { type: 'tmpfs', device: 'tmpfs', ...(sizeBytes !== undefined && { o: `size=${sizeBytes}` }) };
}
