import type { RawPodOptions } from '../podRequest';

/** Options of the gate, as written on the command line or in a config file. */
export interface RawOptions extends RawPodOptions {
  readonly file?: readonly string[];
  readonly helm?: string;
  readonly values?: readonly string[];
  readonly set?: readonly string[];
  readonly kustomize?: string;
  readonly workload?: readonly string[];
  /** True if each fault is injected instead of running checks. */
  readonly matrix?: boolean;
  /** True if no time is skipped. */
  readonly noSkip?: boolean | 'true' | 'false';
  readonly only?: readonly string[];
  readonly skip?: readonly string[];
  readonly failOn?: string;
  readonly waive?: readonly string[];
  readonly path?: readonly string[];
  readonly within?: string;
  readonly parallel?: string;
  readonly endpointRemovalDelay?: string;
  readonly format?: readonly string[];
  readonly html?: string;
}

/** Options with names. The command line overrides a value of the same name. */
const BY_NAME = ['set', 'image', 'build', 'service', 'waive', 'crashLoopBackOff'] as const;

/** Returns the options of the config file, overridden by those of the command line. */
export function mergeOptions(config: RawOptions, flags: RawOptions): RawOptions {
  const same = flags.file || flags.helm || flags.kustomize ? withoutManifest(config) : config;
  const team = flags.matrix ? withoutChecks(same) : same;
  // --image overrides a build of the config file, and --build overrides an image.
  const images = [...(flags.image ?? []), ...(flags.build ?? [])];
  const merged = BY_NAME.map((key) => {
    const given = flags[key] ?? [];
    const names = key === 'image' || key === 'build' ? images : given;
    return [key, mergeByName(team[key] ?? [], given, names)] as const;
  });
  const rest = Object.fromEntries(Object.entries({ ...team, ...flags }).filter(([key]) => !isByName(key)));
  return { ...rest, ...Object.fromEntries(merged.filter(([, given]) => given.length > 0)) };
}

/** Returns the options without a manifest, because the command line has another one. */
function withoutManifest({
  file: _,
  helm: __,
  values: ___,
  set: ____,
  kustomize: _____,
  ...rest
}: RawOptions): RawOptions {
  return rest;
}

/** Returns the options without those for checks and formats, which the matrix does not have. */
function withoutChecks({
  only: _,
  skip: __,
  format: ___,
  html: ____,
  failOn: _____,
  waive: ______,
  ...rest
}: RawOptions): RawOptions {
  return rest;
}

function isByName(key: string): boolean {
  return (BY_NAME as readonly string[]).includes(key);
}

function mergeByName(config: readonly string[], flags: readonly string[], names: readonly string[]): readonly string[] {
  const named = new Set(names.map(nameIn));
  return [...config.filter((given) => !named.has(nameIn(given))), ...flags];
}

function nameIn(given: string): string {
  return given.split('=', 1)[0] ?? '';
}
