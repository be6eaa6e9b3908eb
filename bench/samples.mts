import type { Series } from './row.mts';

type Subjects = Readonly<Record<string, () => Promise<number>>>;

/**
 * Measures each subject that often, in turns: A B, A B, … Whatever slows the machine down for a while slows all of them
 * down. Before that each has a turn that does not count, unless it has warmed itself up.
 */
export async function inTurns<S extends Subjects>(
  subjects: S,
  runs: number,
  say: (text: string) => void,
  { isWarm = false } = {},
): Promise<Record<keyof S, number[]>> {
  const names = Object.keys(subjects) as (keyof S & string)[];
  const samples = Object.fromEntries(names.map((name) => [name, [] as number[]])) as Record<keyof S, number[]>;
  for (let turn = isWarm ? 1 : 0; turn <= runs; turn += 1) {
    for (const name of names) {
      const sample = await subjects[name]?.();
      if (sample === undefined || turn === 0) continue;
      samples[name].push(sample);
      say(`${turn}/${runs} ${name} ${sample.toFixed(1)}`);
    }
  }
  return samples;
}

export function median(samples: readonly number[]): number {
  const sorted = samples.toSorted((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  const upper = sorted[middle] ?? Number.NaN;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? upper) + upper) / 2;
}

/** Returns the value that this share of all samples does not exceed. */
export function quantile(samples: readonly number[], share: number): number {
  const sorted = samples.toSorted((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? Number.NaN;
}

export function series(label: string, unit: Series['unit'], samples: readonly number[]): Series {
  return { label, unit, samples };
}

/** Returns a value with its unit and only significant digits. */
export function withUnit(value: number, unit: Series['unit']): string {
  if (unit === '×') return value < 100 ? `${value.toFixed(2)}×` : `${Math.round(value).toLocaleString('en')}×`;
  return `${Math.abs(value) < 10 ? value.toFixed(1) : Math.round(value).toLocaleString('en')} ${unit}`;
}
