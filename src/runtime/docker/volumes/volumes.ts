import path from 'node:path/posix';
import type { VolumeFile } from '../../../manifest/config/volumes';
import type { Container, Volume, VolumeMount } from '../../../manifest/model';
import { RuntimeError } from '../../runtimeError';
import {
  type EngineVolume,
  type Mount,
  type Mounts,
  mountsParts,
  partOfVolume,
  pathOfHost,
  wholeVolume,
} from '../containers/mount';
import type { Engine } from '../engine/engine';
import { getEngineMessage } from '../engine/engineError';
import { nestedMountpoints } from './nestedMountpoints';
import { expandSubPath } from './subPath';
import { isLink, makeDirectory, statThrough } from './throughHolder';
import {
  type ArchiveEntry,
  contentEntries,
  emptyDirectories,
  packArchive,
  rootEntry,
  versionAt,
} from './volumeArchive';
import { describeVolumeKind, type VolumeKind } from './volumeKind';
import { findVolumeUse } from './volumeParts';

/** The folder of the volumes in the container that holds them. */
const HOLDER_ROOT = 'volumes';

export interface VolumesOfPod {
  readonly volumes: readonly Volume[];
  readonly containers: readonly Container[];
  readonly fsGroup: number | undefined;
  readonly labels: Readonly<Record<string, string>>;
  /** Returns the engine's name of a volume. */
  readonly nameOf: (volume: string) => string;
}

interface CreatedVolume extends VolumeKind {
  readonly name: string;
  /** Path in the volume that this one replaces, if an engine cannot mount parts safely. */
  readonly part?: string;
  /** Name in the container that holds it. */
  readonly place: string;
  readonly engineName: string;
}

/**
 * The volumes of one pod. A container of ours mounts all of them writable as long as the pod exists, because they are
 * filled through it and those in memory are lost without it; no process of the pod can reach its files.
 */
export class Volumes {
  readonly #engine: Engine;
  readonly #pod: VolumesOfPod;
  #made: readonly CreatedVolume[] = [];
  readonly #written = versionAt(new Date(), Math.random());
  #files: Readonly<Record<string, readonly VolumeFile[]>> = {};
  #holderId = '';
  #isFilled = false;

  constructor(engine: Engine, pod: VolumesOfPod) {
    this.#engine = engine;
    this.#pod = pod;
  }

  /**
   * Creates the volumes that do not exist yet. Resolves to the mounts of the container that holds them; `envOf` returns
   * the known variables of a container.
   *
   * @throws RuntimeError if the engine cannot mount them safely.
   */
  async make(envOf: (container: Container) => Readonly<Record<string, string>>): Promise<Mount[]> {
    this.#made = this.#pod.volumes.flatMap((volume) => this.#madeOf(volume, envOf));
    await Promise.all(
      this.#made.map(({ engineName, memory }) =>
        this.#docker.createVolume({
          Name: engineName,
          Labels: { ...this.#pod.labels },
          ...(memory && { Driver: 'local', DriverOpts: inMemory(memory) }),
        }),
      ),
    );
    return this.#made.map((made) => wholeVolume(this.#onEngine(made), `/${HOLDER_ROOT}/${made.place}`, false));
  }

  /** Sets the owner, the permissions and the files of each volume, by the volume's name. The holder must be running. */
  async fill(holderId: string, files: Readonly<Record<string, readonly VolumeFile[]>>): Promise<void> {
    this.#holderId = holderId;
    this.#files = files;
    if (this.#made.length === 0) return;
    // Volumes on disk keep their content when the holder is replaced.
    const empty = this.#isFilled ? this.#made.filter(({ memory }) => memory) : this.#made;
    const archive = await packArchive(empty.flatMap((made) => this.#entriesOf(made)));
    await this.#docker.getContainer(holderId).putArchive(archive, { path: '/' });
    this.#isFilled = true;
  }

  /**
   * Returns the mounts of a container.
   *
   * @throws Error if a mount is impossible: Kubernetes' `CreateContainerConfigError`.
   * @throws RuntimeError if the engine cannot mount it safely.
   */
  async mountsOf({ name, volumeMounts = [] }: Container, env: Readonly<Record<string, string>>): Promise<Mounts> {
    const mounts: Mounts = { Mounts: [], Binds: [] };
    // Mounts are prepared one after another, because two may need the same new directory.
    for (const mount of volumeMounts) {
      const subPath = expandSubPath(mount, env);
      const all = this.#made.filter((each) => each.name === mount.name);
      const made = all.find(({ part }) => part === subPath) ?? all.find(({ part }) => part === undefined);
      if (made) mounts.Mounts.push(await this.#mountOf(made, mount, subPath, name));
      else if (all.length > 0) throw this.#blocked(name, mount.name, subPath ?? '');
      else this.#addHostPath(mounts, mount, name, subPath);
    }
    return mounts;
  }

  async #mountOf(
    made: CreatedVolume,
    { mountPath, readOnly = false }: VolumeMount,
    subPath: string | undefined,
    container: string,
  ): Promise<Mount> {
    const target = path.join('/', mountPath);
    const isReadOnly = readOnly || made.readOnly;
    if (subPath === made.part) return wholeVolume(this.#onEngine(made), target, isReadOnly);
    if (subPath === undefined || !this.#mountsSafely(made)) throw this.#blocked(container, made.name, subPath ?? '');
    try {
      const part = this.#fileAt(made, subPath) ?? (await this.#directoryAt(made, subPath));
      return await this.#part(made, part, target, isReadOnly);
    } catch (cause) {
      const what = `volumeMount "${made.name}" of container "${container}"`;
      throw new Error(`failed to prepare subPath for ${what}: ${getEngineMessage(cause)}`, { cause });
    }
  }

  /** Returns the target of the links of a volume that is made from configuration. */
  #fileAt({ name }: CreatedVolume, subPath: string): string | undefined {
    const isThere = this.#files[name]?.some((file) => file.path === subPath || file.path.startsWith(`${subPath}/`));
    return isThere ? `${this.#written}/${subPath}` : undefined;
  }

  /**
   * Creates the directory of a part that does not exist, as the kubelet does. A path with a symbolic link is rejected,
   * because a container may have created the link and it would lead out of the volume on the engine's host.
   */
  async #directoryAt({ place: folder, mode }: CreatedVolume, subPath: string): Promise<string> {
    const root = `/${HOLDER_ROOT}/${folder}`;
    const holder = this.#docker.getContainer(this.#holderId);
    const missing: ArchiveEntry[] = [];
    let place = root;
    for (const step of subPath.split('/')) {
      place = `${place}/${step}`;
      const found = missing.length > 0 ? undefined : await statThrough(holder, place);
      if (found && isLink(found)) throw new Error(`${step} is a symbolic link. Mount a path without symbolic links`);
      if (!found) missing.push({ path: path.relative(root, place), mode: mode & 0o777, gid: this.#pod.fsGroup ?? 0 });
    }
    if (missing.length > 0) await makeDirectory(holder, root, missing);
    return subPath;
  }

  /**
   * Returns the mount of a part. Older engines mount only whole volumes or any path of their host, so they are given
   * the volume's path there, and only for content that no process of the pod can write.
   */
  async #part(made: CreatedVolume, part: string, target: string, isReadOnly: boolean): Promise<Mount> {
    if (mountsParts(this.#engine.apiVersion)) {
      return partOfVolume(this.#onEngine(made), part, target, isReadOnly);
    }
    const { Mountpoint } = await this.#docker.getVolume(made.engineName).inspect();
    return pathOfHost(`${Mountpoint}/${part}`, target, isReadOnly);
  }

  #onEngine({ engineName }: CreatedVolume): EngineVolume {
    return { name: engineName, labels: this.#pod.labels };
  }

  #addHostPath(
    mounts: Mounts,
    { name, mountPath, readOnly = false }: VolumeMount,
    container: string,
    subPath: string | undefined,
  ): void {
    const hostPath = this.#pod.volumes.find((volume) => volume.name === name)?.hostPath;
    if (!hostPath) return;
    if (subPath !== undefined) {
      const fix = `Mount the whole volume, with ${path.join(hostPath.path, subPath)} as its hostPath`;
      throw new RuntimeError(`container ${container}`, `${blockedPart(subPath, name)}. ${fix}`);
    }
    const source = hostPath.path;
    const target = path.join('/', mountPath);
    const mayBeMade = !hostPath.type || hostPath.type === 'DirectoryOrCreate';
    // A bind creates a missing directory, and a mount fails.
    if (mayBeMade) mounts.Binds.push(`${source}:${target}${readOnly ? ':ro' : ''}`);
    else mounts.Mounts.push(pathOfHost(source, target, readOnly));
  }

  #madeOf(volume: Volume, envOf: (container: Container) => Readonly<Record<string, string>>): readonly CreatedVolume[] {
    const kind = describeVolumeKind(volume);
    if (!kind) return [];
    const { name } = volume;
    const whole = { ...kind, name, place: name, engineName: this.#pod.nameOf(name) };
    if (this.#mountsSafely(kind)) return [whole];
    const use = findVolumeUse(name, this.#pod.containers, envOf);
    if (use.kind === 'whole') return [whole];
    if (use.kind === 'overlapping') throw this.#blocked(use.container, name, use.path);
    return use.paths.map((part, index) => {
      const place = `${name}.${index}`;
      return { ...kind, name, part, place, engineName: this.#pod.nameOf(place) };
    });
  }

  /**
   * Returns true if the engine mounts a part of the volume safely. If not, a process of the pod could replace the path by
   * a link to any path of the machine during the mount, so each part is a separate volume.
   */
  #mountsSafely({ readOnly }: VolumeKind): boolean {
    return readOnly || mountsParts(this.#engine.apiVersion);
  }

  #blocked(container: string, volume: string, subPath: string): RuntimeError {
    const here = `this container engine (API ${this.#engine.apiVersion})`;
    const rule = `${here} mounts only parts that are known before the pod starts and do not overlap with another mount`;
    const fix = `Use Docker 26 or later, or give ${subPath} its own volume`;
    return new RuntimeError(`container ${container}`, `${blockedPart(subPath, volume)}. ${rule}. ${fix}`);
  }

  get #docker() {
    return this.#engine.docker;
  }

  #entriesOf({ name, part, place, mode, readOnly }: CreatedVolume): ArchiveEntry[] {
    const { fsGroup } = this.#pod;
    const owner = { readOnly, ...(fsGroup !== undefined && { fsGroup }) };
    const root = `${HOLDER_ROOT}/${place}`;
    // A part has the permissions of the directory that the kubelet creates for it.
    if (part !== undefined) return [{ path: root, mode: mode & 0o777, gid: fsGroup ?? 0 }];
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

function blockedPart(subPath: string, volume: string): string {
  const why = 'a process of the pod could replace it by a link to any path of the machine';
  return `subPath ${subPath} of the volume ${volume} is blocked because ${why}`;
}

function inMemory({ sizeBytes }: { readonly sizeBytes?: number }): Record<string, string> {
  return { type: 'tmpfs', device: 'tmpfs', ...(sizeBytes !== undefined && { o: `size=${sizeBytes}` }) };
}
