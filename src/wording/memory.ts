import type { KilledProcess } from '../timeline/event';

const MEBI = 1_048_576;

/**
 * Returns the process that the kernel killed, as far as it is known: `web was OOMKilled: the kernel killed node (pid 7,
 * 126 MiB) …`.
 */
export function formatOOMKill(
  container: string,
  { process, limit }: { readonly process?: KilledProcess | undefined; readonly limit?: string | undefined },
): string {
  const killed = process
    ? `${process.name} (pid ${process.pid}, ${formatMebi(process.residentBytes)})`
    : 'a process that the container engine does not name';
  const where = limit === undefined ? ', without a memory limit' : ` at the memory limit of ${limit}`;
  return `${container} was OOMKilled: the kernel killed ${killed}${where}`;
}

/** Returns `126 MiB`. */
export function formatMebi(bytes: number): string {
  return `${Math.round(bytes / MEBI)} MiB`;
}
