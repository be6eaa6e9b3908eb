/** Numbers that are the same for the same seed. Source: Tommy Ettinger's mulberry32. */
export class Random {
  #state;

  constructor(seed) {
    this.#state = seed;
  }

  /** Returns a number from 0 to 1, without 1. */
  next() {
    this.#state = (this.#state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(this.#state ^ (this.#state >>> 15), 1 | this.#state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  }

  /** Returns a whole number from 0 to `count`, without `count`. */
  below(count) {
    return Math.floor(this.next() * count);
  }

  pick(all) {
    return all[this.below(all.length)];
  }
}
