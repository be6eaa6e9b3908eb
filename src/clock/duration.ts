/** Duration in Go's notation, as in Kubernetes: numbers with their units. */
export type Duration =
  | `${number}${'ms' | 's' | 'm' | 'h'}`
  | `${number}m${number}s`
  | `${number}h${number}m`
  | `${number}h${number}m${number}s`;

const UNITS_MS = [3_600_000, 60_000, 1000, 1];
const NUMBER = '(\\d+(?:\\.\\d+)?)';
const FORM = new RegExp(`^(?=.)(?:${NUMBER}h)?(?:${NUMBER}m)?(?:${NUMBER}s)?(?:${NUMBER}ms)?$`);

/** Milliseconds of a duration like `30s`, `5m` or `1m30s`, each unit once and the larger first; undefined for anything else. */
export function parseDuration(text: string): number | undefined {
  const amounts = FORM.exec(text)?.slice(1);
  return amounts?.reduce((sum, amount = '0', index) => sum + Number(amount) * (UNITS_MS[index] ?? 0), 0);
}
