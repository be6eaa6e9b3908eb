/** A duration as it is written in a test: numbers with their units, in Go's notation, as everywhere in Kubernetes. */
export type Duration =
  | `${number}${'ms' | 's' | 'm' | 'h'}`
  | `${number}m${number}s`
  | `${number}h${number}m`
  | `${number}h${number}m${number}s`;

const UNITS_MS: Readonly<Record<string, number>> = { h: 3_600_000, m: 60_000, s: 1000, ms: 1 };
const PARTS = /^(?:(?:\d+(?:\.\d+)?)(?:ms|h|m|s))+$/;
const PART = /(\d+(?:\.\d+)?)(ms|h|m|s)/g;

/** Milliseconds of a duration like `30s`, `5m` or `1m30s`; undefined for anything else. */
export function parseDuration(text: string): number | undefined {
  if (!PARTS.test(text)) return undefined;
  return [...text.matchAll(PART)].reduce(
    (sum, [, amount, unit = '']) => sum + Number(amount) * (UNITS_MS[unit] ?? 0),
    0,
  );
}
