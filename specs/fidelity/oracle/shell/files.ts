import path from 'node:path';
import type { Process } from './process';

const FOLDER = '\u0000folder';

/** Returns the text of a file, or undefined if it does not exist. */
export function readFile(process: Process, name: string): string | undefined {
  if (name === '/etc/hostname') return `${process.hostname}\n`;
  if (name === '/dev/null') return '';
  const text = process.world.read(process.place.fileAt(name), process.clock.nowMs);
  return text === FOLDER ? undefined : text;
}

export function isFolder(process: Process, name: string): boolean {
  return process.place.isFolder(name) || process.world.read(process.place.fileAt(name), process.clock.nowMs) === FOLDER;
}

export function exists(process: Process, name: string): boolean {
  return isFolder(process, name) || readFile(process, name) !== undefined;
}

/** Writes a file, or says why it cannot. */
export function writeFile(process: Process, name: string, text: string): string | undefined {
  if (/^\/(dev\/(null|stdout|stderr)|proc\/1\/fd\/[12])$/.test(name)) {
    if (name !== '/dev/null') process.log(text, process.clock.nowMs);
    return undefined;
  }
  if (isFolder(process, name)) return 'Is a directory';
  if (!isFolder(process, path.posix.dirname(path.posix.resolve('/', name)))) return 'nonexistent directory';
  return change(process, name, text);
}

export function makeFolder(process: Process, name: string): string | undefined {
  return exists(process, name) ? 'File exists' : change(process, name, FOLDER);
}

export function removeFile(process: Process, name: string): string | undefined {
  return change(process, name, undefined);
}

function change({ world, place, clock, owner }: Process, name: string, text: string | undefined): string | undefined {
  const refusal = place.refusal(name);
  if (refusal === undefined) world.write(place.fileAt(name), clock.nowMs, owner, text);
  return refusal;
}
