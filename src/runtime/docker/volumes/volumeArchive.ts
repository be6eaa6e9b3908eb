import { buffer } from 'node:stream/consumers';
import type { Content } from '../../../manifest/config/config';
import type { VolumeFile } from '../../../manifest/config/volumes';

/** An entry of an archive: a directory if it has no content, or a symbolic link if it has a target. */
export interface ArchiveEntry {
  readonly path: string;
  readonly mode: number;
  readonly gid: number;
  readonly content?: Buffer;
  readonly linkTo?: string;
}

const DIRECTORY_MODE = 0o755;
const SETGID = 0o2000;
/** The permissions of a volume's group: to read and write, or only to read, and to look into directories. */
const READ_WRITE = 0o660;
const READ = 0o440;
const EXECUTE = 0o110;

/** The owner of a volume's own directory and its content. */
export interface Ownership {
  readonly fsGroup?: number;
  readonly readOnly: boolean;
}

/** Returns the directory of a volume. Source: pkg/volume/volume_linux.go `SetVolumeOwnership`. */
export function rootEntry(path: string, mode: number, owner: Ownership): ArchiveEntry {
  return setOwner({ path, mode }, owner);
}

/**
 * Returns the files of a volume in the kubelet's layout: in a directory named after the time, to which `..data` points,
 * and a link for each name, so that all files can be replaced together.
 *
 * Source: pkg/volume/util/atomic_writer.go `Write`.
 */
export function contentEntries(
  root: string,
  files: readonly VolumeFile[],
  version: string,
  owner: Ownership,
): ArchiveEntry[] {
  const directory = `${root}/${version}`;
  const directories = new Set(files.flatMap(({ path }) => parentsOf(path)));
  const names = new Set(files.map(({ path }) => path.split('/')[0] as string));
  return [
    setOwner({ path: directory, mode: DIRECTORY_MODE }, owner),
    ...[...directories].sort().map((path) => setOwner({ path: `${directory}/${path}`, mode: DIRECTORY_MODE }, owner)),
    ...files.map(({ path, mode, content }) =>
      setOwner({ path: `${directory}/${path}`, mode, content: bytesOf(content) }, owner),
    ),
    link(`${root}/..data`, version, owner),
    ...[...names].map((name) => link(`${root}/${name}`, `..data/${name}`, owner)),
  ];
}

/** Returns the directories and their parents. */
export function emptyDirectories(root: string, paths: readonly string[], owner: Ownership): ArchiveEntry[] {
  const all = new Set(paths.flatMap((path) => [...parentsOf(path), path]));
  return [...all].map((path) => setOwner({ path: `${root}/${path}`, mode: DIRECTORY_MODE }, owner));
}

/** Returns the kubelet's name for content that was written at that time: `..2026_11_21_12_30_00.` and a number. */
export function versionAt(now: Date, random: number): string {
  const [date = '', time = ''] = now.toISOString().split(/[T.]/);
  return `..${date.replaceAll('-', '_')}_${time.replaceAll(':', '_')}.${Math.floor(random * 1e9)}`;
}

function setOwner(entry: Omit<ArchiveEntry, 'gid'>, { fsGroup, readOnly }: Ownership): ArchiveEntry {
  if (fsGroup === undefined) return { ...entry, gid: 0 };
  const group = readOnly ? READ : READ_WRITE;
  const more = entry.content ? group : group | EXECUTE | SETGID;
  return { ...entry, mode: entry.mode | more, gid: fsGroup };
}

function link(path: string, linkTo: string, { fsGroup = 0 }: Ownership): ArchiveEntry {
  return { path, linkTo, mode: 0o777, gid: fsGroup };
}

function parentsOf(path: string): string[] {
  const steps = path.split('/').slice(0, -1);
  return steps.map((_, index) => steps.slice(0, index + 1).join('/'));
}

function bytesOf(content: Content): Buffer {
  return typeof content === 'string' ? Buffer.from(content, 'utf8') : Buffer.from(content.base64, 'base64');
}

/** Returns the archive of the entries. */
export async function packArchive(entries: readonly ArchiveEntry[]): Promise<Buffer> {
  // Most pods have no volumes and need not load this library.
  const { pack } = await import('tar-stream');
  const archive = pack();
  for (const { path: name, mode, gid, content, linkTo } of entries) {
    if (content) archive.entry({ name, mode, gid }, content);
    else if (linkTo !== undefined) archive.entry({ name, mode, gid, type: 'symlink', linkname: linkTo });
    else archive.entry({ name: `${name}/`, mode, gid, type: 'directory' });
  }
  archive.finalize();
  return buffer(archive);
}
