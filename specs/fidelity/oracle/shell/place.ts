import path from 'node:path';
import type { Container, PodSpec } from '../../../../src/manifest/model';

const FOLDERS = [
  '/',
  '/tmp',
  '/dev',
  '/dev/shm',
  '/etc',
  '/bin',
  '/var',
  '/var/tmp',
  '/home',
  '/root',
  '/usr',
  '/proc',
  '/sys',
];
const WRITABLE_BY_ALL = /^\/(tmp|dev|var\/tmp|proc)(\/|$)/;

/** The files of one instance of a container, with its write permissions. */
export class Place {
  readonly #container: Container;
  readonly #instance: string;
  readonly #isRoot: boolean;

  constructor(container: Container, spec: PodSpec, instance: string) {
    this.#container = container;
    this.#instance = instance;
    const user = container.securityContext?.runAsUser ?? spec.securityContext?.runAsUser ?? 0;
    this.#isRoot = Number(user) === 0;
  }

  /** Returns a file with its volume or instance. */
  fileAt(name: string): string {
    const file = path.posix.resolve('/', name);
    const mount = this.#mountOf(file);
    if (!mount) return `${this.#instance}:${file}`;
    return `volume ${mount.name}:${path.posix.join('/', mount.subPath ?? '', file.slice(mount.mountPath.length))}`;
  }

  isFolder(name: string): boolean {
    const file = path.posix.resolve('/', name);
    const mounts = (this.#container.volumeMounts ?? []).map(({ mountPath }) => path.posix.resolve('/', mountPath));
    return FOLDERS.includes(file) || mounts.some((mount) => mount === file || mount.startsWith(`${file}/`));
  }

  /** Returns why a file cannot be written, or undefined if it can. */
  refusal(name: string): string | undefined {
    const file = path.posix.resolve('/', name);
    const mount = this.#mountOf(file);
    if (mount) return mount.readOnly ? 'Read-only file system' : undefined;
    if (file === this.terminationLog || file.startsWith('/dev/')) return undefined;
    if (this.#container.securityContext?.readOnlyRootFilesystem) return 'Read-only file system';
    return this.#isRoot || WRITABLE_BY_ALL.test(file) ? undefined : 'Permission denied';
  }

  get terminationLog(): string {
    return this.#container.terminationMessagePath ?? '/dev/termination-log';
  }

  #mountOf(file: string) {
    const mounts = (this.#container.volumeMounts ?? []).filter(({ mountPath }) => {
      const folder = path.posix.resolve('/', mountPath);
      return file === folder || file.startsWith(folder === '/' ? '/' : `${folder}/`);
    });
    return mounts.toSorted((a, b) => b.mountPath.length - a.mountPath.length)[0];
  }
}
