import { parseQuantity } from './quantity';

const MEBI = 1_048_576n;
const NANOS = 1_000_000_000n;

/** Returns a quantity of memory in whole mebibytes, rounded down. */
export function mebiOf(memory: string): number {
  return Number((parseQuantity(memory)?.nanos ?? 0n) / NANOS / MEBI);
}
