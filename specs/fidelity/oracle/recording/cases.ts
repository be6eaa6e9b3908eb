import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { type Recording, readRecording } from './recording';

/** A pod with the recordings of nodes, by version. */
export interface OracleCase {
  readonly name: string;
  readonly manifest: string;
  readonly recordings: ReadonlyMap<string, readonly Recording[]>;
}

const MANIFEST = 'manifest.yaml';
const TIMELINE = /^timeline.*\.json$/;

/** Returns the cases in these directories, which are cases or contain them. Throws if there is no case. */
export function readCases(directories: readonly string[]): readonly OracleCase[] {
  return directories.flatMap((directory) => {
    const folders = existsSync(path.join(directory, MANIFEST))
      ? [directory]
      : readdirSync(directory)
          .sort()
          .map((name) => path.join(directory, name))
          .filter((folder) => existsSync(path.join(folder, MANIFEST)));
    if (folders.length === 0) throw new Error(`${directory}: no case (a folder with ${MANIFEST}). Name another folder`);
    return folders.map(readCase);
  });
}

function readCase(folder: string): OracleCase {
  const recordings = new Map<string, Recording[]>();
  for (const file of readdirSync(folder).sort()) {
    if (!TIMELINE.test(file)) continue;
    const recording = readRecording(path.join(folder, file));
    recordings.set(recording.kubernetes, [...(recordings.get(recording.kubernetes) ?? []), recording]);
  }
  if (recordings.size === 0) throw new Error(`${folder}: no timeline.json. Record the case first`);
  return { name: path.basename(folder), manifest: path.join(folder, MANIFEST), recordings };
}
