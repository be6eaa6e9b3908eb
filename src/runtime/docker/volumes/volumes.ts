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
import { messageOf } from '../engine/engineError';
import { nestedMountpoints } from './nestedMountpoints';
import { subPathOf } from './subPath';
import { isLink, makeDirectory, statThrough } from './throughHolder';
import { type ArchiveEntry, contentEntries, emptyDirectories, packed, rootEntry, versionAt } from './volumeArchive';
import { kindOf, type VolumeKind } from './volumeKind';
import { useOf } from './volumeParts';

/** Where the container that holds them has them. */
const HOLDER_ROOT = 'volumes';

export interface VolumesOfPod {
  readonly volumes: readonly Volume[];
  readonly containers: readonly Container[];
  readonly fsGroup: number | undefined;
  readonly labels: Readonly<Record<string, string>>;
  /** What the engine calls a volume. */
  readonly nameOf: (volume: string) => string;
}

interface CreatedVolume extends VolumeKind {
  readonly name: string;
  /** Path in the volume for which this one stands, where an engine cannot mount parts safely. */
  readonly part?: string;
  /** Name in the container that holds it. */
  readonly place: string;
  readonly engineName: string;
}

/**
 * The volumes of one pod. A container of ours mounts them all, writable and for the pod's whole life: they are filled
 * through it, and those in memory live as long as it does. No process of the pod can reach its files.
 *
 * Nothing that a pod can write is a path for the engine: a process could replace it by a link to any path of the machine
 * while it is mounted. An engine that does not exclude that gets a volume of its own for each part of a writable one.
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
   * Makes what is not there yet. Resolves to the mounts of the container that holds them. `envOf` returns the variables
   * of a container, as far as they are known.
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

  /** Gives each volume its owner, its permissions and its files, by the volume's name. Their holder runs. */
  async fill(holderId: string, files: Readonly<Record<string, readonly VolumeFile[]>>): Promise<void> {
    this.#holderId = holderId;
    this.#files = files;
    if (this.#made.length === 0) return;
    // What is on disk has outlasted the holder before.
    const empty = this.#isFilled ? this.#made.filter(({ memory }) => memory) : this.#made;
    const archive = await packed(empty.flatMap((made) => this.#entriesOf(made)));
    await this.#docker.getContainer(holderId).putArchive(archive, { path: '/' });
    this.#isFilled = true;
  }

  /**
   * What a container is given of them.
   *
   * @throws Error where a mount asks for what cannot be; Kubernetes' `CreateContainerConfigError`.
   * @throws RuntimeError if the engine cannot mount it safely.
   */
  async mountsOf({ name, volumeMounts = [] }: Container, env: Readonly<Record<string, string>>): Promise<Mounts> {
    const mounts: Mounts = { Mounts: [], Binds: [] };
    // One after another: two may want the same directory made.
    for (const mount of volumeMounts) {
      const subPath = subPathOf(mount, env);
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
      throw new Error(`failed to prepare subPath for ${what}: ${messageOf(cause)}`, { cause });
    }
  }

  /** What the links of a volume made of configuration lead to. */
  #fileAt({ name }: CreatedVolume, subPath: string): string | undefined {
    const isThere = this.#files[name]?.some((file) => file.path === subPath || file.path.startsWith(`${subPath}/`));
    return isThere ? `${this.#written}/${subPath}` : undefined;
  }

  /**
   * A part that is not there becomes a directory, as the kubelet makes it. One that is reached by a symbolic link is
   * refused: a container may have made it, and it would lead out of the volume on the engine's host.
   */
  async #directoryAt({ place: folder, mode }: CreatedVolume, subPath: string): Promise<string> {
    const root = `/${HOLDER_ROOT}/${folder}`;
    const holder = this.#docker.getContainer(this.#holderId);
    const missing: ArchiveEntry[] = [];
    let place = root;
    for (const step of subPath.split('/')) {
      place = `${place}/${step}`;
      const found = missing.length > 0 ? undefined : await statThrough(holder, place);
      if (found && isLink(found)) throw new Error(`${step} is a symbolic link, only what is no link can be mounted`);
      if (!found) missing.push({ path: path.relative(root, place), mode: mode & 0o777, gid: this.#pod.fsGroup ?? 0 });
    }
    if (missing.length > 0) await makeDirectory(holder, root, missing);
    return subPath;
  }

  /**
   * Older engines mount whole volumes only. They know where they keep them, and mount any path of their host: only what
   * no process of the pod can write is asked for so.
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
    // A bind makes the directory where there is none; a mount fails.
    if (mayBeMade) mounts.Binds.push(`${source}:${target}${readOnly ? ':ro' : ''}`);
    else mounts.Mounts.push(pathOfHost(source, target, readOnly));
  }

  #madeOf(volume: Volume, envOf: (container: Container) => Readonly<Record<string, string>>): readonly CreatedVolume[] {
    const kind = kindOf(volume);
    if (!kind) return [];
    const { name } = volume;
    const whole = { ...kind, name, place: name, engineName: this.#pod.nameOf(name) };
    if (this.#mountsSafely(kind)) return [whole];
    const use = useOf(name, this.#pod.containers, envOf);
    if (use.kind === 'whole') return [whole];
    if (use.kind === 'overlapping') throw this.#blocked(use.container, name, use.path);
    return use.paths.map((part, index) => {
      const place = `${name}.${index}`;
      return { ...kind, name, part, place, engineName: this.#pod.nameOf(place) };
    });
  }

  /** Returns true if no process of the pod can lead the engine astray while it mounts a part. */
  #mountsSafely({ readOnly }: VolumeKind): boolean {
    return readOnly || mountsParts(this.#engine.apiVersion);
  }

  #blocked(container: string, volume: string, subPath: string): RuntimeError {
    const here = `this container engine (API ${this.#engine.apiVersion})`;
    const rule = `${here} mounts only parts that are known before the pod starts and do not overlap with another mount`;
    const fix = `Use Docker 26 or later, or give ${subPath} a volume of its own`;
    return new RuntimeError(`container ${container}`, `${blockedPart(subPath, volume)}. ${rule}. ${fix}`);
  }

  get #docker() {
    return this.#engine.docker;
  }

  #entriesOf({ name, part, place, mode, readOnly }: CreatedVolume): ArchiveEntry[] {
    const { fsGroup } = this.#pod;
    const owner = { readOnly, ...(fsGroup !== undefined && { fsGroup }) };
    const root = `${HOLDER_ROOT}/${place}`;
    // A part has the permissions of the directory that the kubelet makes for it.
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
