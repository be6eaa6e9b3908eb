import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { ROOT } from '../root.mjs';

/** The hits that are left from before the check, by rule and area. Without the file none is allowed. */
export const BASELINE = 'scripts/voice/baseline.json';

const FILE = path.join(ROOT, BASELINE);

export const readBaseline = () => (existsSync(FILE) ? JSON.parse(readFileSync(FILE, 'utf8')) : {});

export const writeBaseline = (counts) => writeFileSync(FILE, `${JSON.stringify(counts, null, 2)}\n`);

/** Returns how many hits of rules of level error each area has, by rule. */
export function countErrors(hits) {
  const errors = hits.filter(({ level }) => level === 'error');
  return mapValues(
    Object.groupBy(errors, ({ rule }) => rule),
    (ofRule) =>
      mapValues(
        Object.groupBy(ofRule, ({ area }) => area),
        ({ length }) => length,
      ),
  );
}

/** Returns the rules and areas with more hits than the baseline allows. */
export function findGrowth(baseline, counts) {
  return Object.entries(counts).flatMap(([rule, areas]) =>
    Object.entries(areas)
      .map(([area, count]) => ({ rule, area, count, allowed: baseline[rule]?.[area] ?? 0 }))
      .filter(({ count, allowed }) => count > allowed),
  );
}

/** Returns the baseline with each number lowered to today's. A rule's areas may trade hits if fewer are left in all. */
export function lower(baseline, counts) {
  const lowered = Object.keys(counts).map((rule) => {
    const [before, now] = [baseline[rule] ?? {}, counts[rule]];
    if (sum(now) <= sum(before)) return [rule, now];
    const least = Object.entries(now).map(([area, count]) => [area, Math.min(count, before[area] ?? 0)]);
    return [rule, Object.fromEntries(least.filter(([, count]) => count > 0))];
  });
  return Object.fromEntries(lowered.filter(([, areas]) => sum(areas) > 0));
}

const sum = (areas) => Object.values(areas).reduce((total, count) => total + count, 0);

/** Sorts by key, so that two changes of the file meet only where both change one number. */
const mapValues = (object, of) =>
  Object.fromEntries(
    Object.keys(object)
      .sort()
      .map((key) => [key, of(object[key])]),
  );
