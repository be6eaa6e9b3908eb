import { buffer } from 'node:stream/consumers';
import type { Content } from '../../../manifest/config/config';
import type { VolumeFile } from '../../../manifest/config/volumes';

/** One entry of an archive; without content it is a directory, with a target a symbolic link. */
export interface ArchiveEntry {
  readonly path: string;
  readonly mode: number;
  readonly gid: number;
  readonly content?: Buffer;
  readonly linkTo?: string;
}

const DIRECTORY_MODE = 0o755;
const SETGID = 0o2000;
/** What a volume's group may do: read and write, or only read; and look into directories. */
const READ_WRITE = 0o660;
const READ = 0o440;
const EXECUTE = 0o110;

/** What a volume's group is given, on its own directory and on what is in it. */
export interface Ownership {
  readonly fsGroup?: number;
  readonly readOnly: boolean;
}

/** The directory of a volume. Source: pkg/volume/volume_linux.go `SetVolumeOwnership`. */
export function rootEntry(path: string, mode: number, owner: Ownership): ArchiveEntry {
  return owned({ path, mode }, owner);
}

/**
 * The files of a volume as the kubelet lays them out: in a directory that bears the time, which `..data` points to, and
 * a link for each name, so that all of them can be exchanged at once.
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
    owned({ path: directory, mode: DIRECTORY_MODE }, owner),
    ...[...directories].sort().map((path) => owned({ path: `${directory}/${path}`, mode: DIRECTORY_MODE }, owner)),
    ...files.map(({ path, mode, content }) =>
      owned({ path: `${directory}/${path}`, mode, content: bytesOf(content) }, owner),
    ),
    link(`${root}/..data`, version, owner),
    ...[...names].map((name) => link(`${root}/${name}`, `..data/${name}`, owner)),
  ];
}

/** Directories and whatever they are in. */
export function emptyDirectories(root: string, paths: readonly string[], owner: Ownership): ArchiveEntry[] {
  const all = new Set(paths.flatMap((path) => [...parentsOf(path), path]));
  return [...all].map((path) => owned({ path: `${root}/${path}`, mode: DIRECTORY_MODE }, owner));
}

/** `..2026_11_21_12_30_00.` and a number, as the kubelet names what it has written at that time. */
export function versionAt(now: Date, random: number): string {
  const [date = '', time = ''] = now.toISOString().split(/[T.]/);
  return `..${date.replaceAll('-', '_')}_${time.replaceAll(':', '_')}.${Math.floor(random * 1e9)}`;
}

function owned(entry: Omit<ArchiveEntry, 'gid'>, { fsGroup, readOnly }: Ownership): ArchiveEntry {
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

/** The archive itself. */
export async function packed(entries: readonly ArchiveEntry[]): Promise<Buffer> {
  // Most pods have no volumes, and its library is not worth loading for them.
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
