/**
 * Returns the next number in [0, 1) of a seeded sequence, and the seed of the one after it. Mulberry32 is small, and
 * good enough to spread retries.
 */
export function random(seed: number): readonly [value: number, next: number] {
  const next = (seed + 0x6d2b79f5) | 0;
  let mixed = Math.imul(next ^ (next >>> 15), next | 1);
  mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
  return [((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296, next];
}
