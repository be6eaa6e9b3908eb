import { readFileSync } from 'node:fs';

/** Returns the content of a kernel file, or undefined if it does not exist: its process may have exited. */
export function readText(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
}
