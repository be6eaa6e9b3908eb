import type { Docker } from '../engine/docker';
import { responseStatusOf } from '../engine/engineError';
import { type ArchiveEntry, packed } from './volumeArchive';

type Holder = ReturnType<Docker['getContainer']>;

/** As the engine tells of a path; `mode` is Go's own, see io/fs `FileMode`. */
interface PathStat {
  /** In bytes. */
  readonly size: number;
  readonly mode: number;
}

const MODE_SYMLINK = 2 ** 27;

/** Of the path itself, not of what a link there leads to; undefined where there is nothing. */
export async function statThrough(holder: Holder, path: string): Promise<PathStat | undefined> {
  try {
    const answer = await holder.infoArchive({ path });
    // It has no body, and yet keeps its connection until that is read.
    answer.resume();
    return JSON.parse(Buffer.from(answer.headers['x-docker-container-path-stat'], 'base64').toString()) as PathStat;
  } catch (error) {
    if (responseStatusOf(error) === 404) return undefined;
    throw error;
  }
}

export function isLink({ mode }: PathStat): boolean {
  return Math.floor(mode / MODE_SYMLINK) % 2 === 1;
}

/** The engine unpacks within `root` alone, whatever links there are below it. */
export async function makeDirectory(holder: Holder, root: string, entries: readonly ArchiveEntry[]): Promise<void> {
  await holder.putArchive(await packed(entries), { path: root });
}
