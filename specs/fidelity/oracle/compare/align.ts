import type { Moment } from '../recording/observed';
import { CHANCE, type Limits } from './limits';

/** A moment of both, or one that only one of them shows. */
export type Pair =
  | { readonly kind: 'both'; readonly played: Moment; readonly recorded: Moment }
  | { readonly kind: 'played' | 'recorded'; readonly only: Moment; readonly isChance: boolean };

interface Best {
  readonly cost: number;
  readonly pairs: readonly Pair[];
}

/** Aligns two tracks so that few states lack a partner, and all of them can be explained by chance if possible. */
export function align(
  played: readonly Moment[],
  recorded: readonly Moment[],
  endMs: number,
  limits: Limits,
): readonly Pair[] {
  const known = new Map<string, Best>();
  const from = (p: number, r: number, last: string): Best => {
    const key = `${p} ${r} ${last}`;
    const best = known.get(key) ?? choose(p, r, last);
    known.set(key, best);
    return best;
  };
  const choose = (p: number, r: number, last: string): Best => {
    const [one, other] = [played[p], recorded[r]];
    if (!one && !other) return { cost: 0, pairs: [] };
    const ways: Best[] = [];
    if (one && other && one.shows === other.shows) {
      const pair: Pair = { kind: 'both', played: one, recorded: other };
      ways.push(plus(0, pair, from(p + 1, r + 1, one.shows)));
    }
    if (one) {
      const isChance = one.shows === last || isFleeting(played, p, limits) || isAtEnd(one, recorded, r, endMs);
      ways.push(plus(isChance ? 1 : 100, { kind: 'played', only: one, isChance }, from(p + 1, r, last)));
    }
    if (other) {
      const isChance = other.shows === last || isFleeting(recorded, r, limits) || isAtEnd(other, played, p, endMs);
      ways.push(plus(isChance ? 1 : 100, { kind: 'recorded', only: other, isChance }, from(p, r + 1, last)));
    }
    return ways.reduce((best, way) => (way.cost < best.cost ? way : best));
  };
  return from(0, 0, '').pairs;
}

function plus(cost: number, pair: Pair, rest: Best): Best {
  return { cost: rest.cost + cost, pairs: [pair, ...rest.pairs] };
}

/** Lasts so shortly that a watch may have folded it into what came next. */
function isFleeting(track: readonly Moment[], index: number, { foldedMs }: Limits): boolean {
  const [moment, next] = [track[index], track[index + 1]];
  return moment !== undefined && next !== undefined && next.atMs - moment.atMs <= foldedMs;
}

/** Comes near the end, where the other track shows nothing more. */
function isAtEnd(moment: Moment, other: readonly Moment[], index: number, endMs: number): boolean {
  return index === other.length && moment.atMs >= endMs - CHANCE.atEndMs;
}
