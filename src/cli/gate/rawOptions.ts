/** What a gate is asked for, as it is written on the command line or in a config file. */
export interface RawOptions {
  readonly file?: readonly string[];
  readonly helm?: string;
  readonly values?: readonly string[];
  readonly set?: readonly string[];
  readonly kustomize?: string;
  readonly workload?: readonly string[];
  readonly image?: readonly string[];
  readonly build?: readonly string[];
  readonly service?: readonly string[];
  readonly only?: readonly string[];
  readonly skip?: readonly string[];
  readonly allow?: readonly string[];
  readonly within?: string;
  readonly parallel?: string;
  readonly kubernetesVersion?: string;
  readonly endpointRemovalDelay?: string;
  readonly format?: readonly string[];
}

/** What is given by names: of two with the same name that of the command line counts. */
const BY_NAME = ['set', 'image', 'build', 'service'] as const;

/** A team's own options, with those of the command line in their place where there are any. */
export function overridden(config: RawOptions, flags: RawOptions): RawOptions {
  const source = flags.file ?? flags.helm ?? flags.kustomize;
  const { file: _, helm: __, values: ___, kustomize: ____, ...rest } = config;
  const merged = BY_NAME.map((key) => [key, mergedByName(config[key] ?? [], flags[key] ?? [])] as const);
  return {
    // Another manifest stands in place of the team's.
    ...(source === undefined ? config : rest),
    ...flags,
    ...Object.fromEntries(merged.filter(([, given]) => given.length > 0)),
  };
}

function mergedByName(config: readonly string[], flags: readonly string[]): readonly string[] {
  const named = new Set(flags.map(nameIn));
  return [...config.filter((given) => !named.has(nameIn(given))), ...flags];
}

function nameIn(given: string): string {
  return given.split('=', 1)[0] ?? '';
}
