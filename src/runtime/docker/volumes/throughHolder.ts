import type { Docker } from '../engine/docker';
import { getResponseStatus } from '../engine/engineError';
import { type ArchiveEntry, packArchive } from './volumeArchive';

type Holder = ReturnType<Docker['getContainer']>;

/** The engine's description of a path. `mode` is Go's own, see io/fs `FileMode`. */
interface PathStat {
  /** In bytes. */
  readonly size: number;
  readonly mode: number;
}

const MODE_SYMLINK = 2 ** 27;

/** Returns the description of the path itself and not of a link's target, or undefined if there is nothing. */
export async function statThrough(holder: Holder, path: string): Promise<PathStat | undefined> {
  try {
    const answer = await holder.infoArchive({ path });
    // The response has no body, but keeps its connection until that is read.
    answer.resume();
    return JSON.parse(Buffer.from(answer.headers['x-docker-container-path-stat'], 'base64').toString()) as PathStat;
  } catch (error) {
    if (getResponseStatus(error) === 404) return undefined;
    throw error;
  }
}

export function isLink({ mode }: PathStat): boolean {
  return Math.floor(mode / MODE_SYMLINK) % 2 === 1;
}

/** Creates a directory. The engine unpacks only within `root`, even if there are links below it. */
export async function makeDirectory(holder: Holder, root: string, entries: readonly ArchiveEntry[]): Promise<void> {
  await holder.putArchive(await packArchive(entries), { path: root });
}
