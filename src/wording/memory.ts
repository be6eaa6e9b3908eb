import type { KilledProcess } from '../timeline/event';

const MEBI = 1_048_576;

/** Returns `web was OOMKilled: the kernel killed node (pid 7, 126 MiB) at the memory limit of 128Mi`. */
export function formatOOMKill(
  container: string,
  { process, limit }: { readonly process?: KilledProcess | undefined; readonly limit?: string | undefined },
): string {
  const killed = process
    ? `${process.name} (pid ${process.pid}, ${formatMebi(process.residentBytes)})`
    : 'a process without a known name';
  const where = limit === undefined ? ', and it has no memory limit' : ` at the memory limit of ${limit}`;
  return `${container} was OOMKilled: the kernel killed ${killed}${where}`;
}

/** Returns `126 MiB`. */
export function formatMebi(bytes: number): string {
  return `${Math.round(bytes / MEBI)} MiB`;
}
