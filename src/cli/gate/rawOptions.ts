import type { RawPodOptions } from '../podRequest';

/** What a gate is asked for, as it is written on the command line or in a config file. */
export interface RawOptions extends RawPodOptions {
  readonly file?: readonly string[];
  readonly helm?: string;
  readonly values?: readonly string[];
  readonly set?: readonly string[];
  readonly kustomize?: string;
  readonly workload?: readonly string[];
  /** Whether each fault is done in place of the checks. */
  readonly matrix?: boolean;
  /** Whether no time is skipped. */
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

/** What is given by names: of two with the same name that of the command line counts. */
const BY_NAME = ['set', 'image', 'build', 'service', 'waive', 'crashLoopBackOff'] as const;

/** A team's own options, with those of the command line in their place where there are any. */
export function overridden(config: RawOptions, flags: RawOptions): RawOptions {
  const same = flags.file || flags.helm || flags.kustomize ? withoutManifest(config) : config;
  const team = flags.matrix ? withoutChecks(same) : same;
  // An image that is typed stands in place of one that the team has built, and the other way round.
  const images = [...(flags.image ?? []), ...(flags.build ?? [])];
  const merged = BY_NAME.map((key) => {
    const given = flags[key] ?? [];
    const names = key === 'image' || key === 'build' ? images : given;
    return [key, mergedByName(team[key] ?? [], given, names)] as const;
  });
  const rest = Object.fromEntries(Object.entries({ ...team, ...flags }).filter(([key]) => !isByName(key)));
  return { ...rest, ...Object.fromEntries(merged.filter(([, given]) => given.length > 0)) };
}

/** Another manifest stands in place of the team's. */
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

/** The matrix makes no checks, and has a form of its own. */
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

function mergedByName(
  config: readonly string[],
  flags: readonly string[],
  names: readonly string[],
): readonly string[] {
  const named = new Set(names.map(nameIn));
  return [...config.filter((given) => !named.has(nameIn(given))), ...flags];
}

function nameIn(given: string): string {
  return given.split('=', 1)[0] ?? '';
}
