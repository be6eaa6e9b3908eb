import { readFileSync } from 'node:fs';

/** Returns what a file of the kernel's says, and undefined for one that is not there (any more): a process may be gone. */
export function readText(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
}
