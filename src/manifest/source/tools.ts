/** Output of `helm template` for a chart, as a manifest. Made by {@link helm}. */
export interface HelmSource {
  /** Always `helm`. */
  readonly tool: 'helm';
  /** A folder, a packed chart, or a reference that helm resolves. */
  readonly chart: string;
  /** A file of values, several files of which later ones win, or the values themselves. */
  readonly values?: string | readonly string[] | Readonly<Record<string, unknown>>;
  /** Single values by path, such as `{ 'image.tag': 'dev' }`. They win over `values`. */
  readonly set?: Readonly<Record<string, string | number | boolean>>;
  /** Name of the release. Default: `release-name`, as in helm. */
  readonly release?: string;
  /** Namespace of the release. Default: helm's own. */
  readonly namespace?: string;
}

/** Output of `kustomize build` for a folder, as a manifest. Made by {@link kustomize}. */
export interface KustomizeSource {
  /** Always `kustomize`. */
  readonly tool: 'kustomize';
  /** Folder with the kustomization. */
  readonly dir: string;
}

export type ToolSource = HelmSource | KustomizeSource;

/** Options of a chart. */
export type HelmOptions = Omit<HelmSource, 'tool' | 'chart'>;

/** Returns the manifest of a Helm chart, as a source for `runPod`, `simulatePod` and the matchers of a manifest. */
export function helm(chart: string, options: HelmOptions = {}): HelmSource {
  return { ...options, tool: 'helm', chart };
}

/** Returns the manifest of a kustomization, as a source for `runPod`, `simulatePod` and the matchers of a manifest. */
export function kustomize(dir: string): KustomizeSource {
  return { tool: 'kustomize', dir };
}

export function isToolSource(source: object): source is ToolSource {
  return 'tool' in source && !('kind' in source);
}

/** A program with its arguments, and what it reads. */
export interface ToolCommand {
  readonly program: string;
  readonly args: readonly string[];
  readonly input?: string;
}

/** Returns the commands that render a source: the first installed one is used. */
export function commandsFor(source: ToolSource): readonly [ToolCommand, ...ToolCommand[]] {
  if (source.tool === 'helm') return [helmCommand(source)];
  const { dir } = source;
  return [
    { program: 'kustomize', args: ['build', '--', dir] },
    { program: 'kubectl', args: ['kustomize', '--', dir] },
  ];
}

/** Returns the name of a source in messages: the command as a user would type it. */
export function commandOf(source: ToolSource): string {
  if (source.tool === 'kustomize') return `kustomize build ${source.dir}`;
  return ['helm template', source.release, source.chart].filter(Boolean).join(' ');
}

function helmCommand({ chart, release, namespace, values = [], set = {} }: HelmSource): ToolCommand {
  const files = typeof values === 'string' ? [values] : isList(values) ? values : ['-'];
  return {
    program: 'helm',
    args: [
      'template',
      ...(namespace === undefined ? [] : ['--namespace', namespace]),
      ...files.flatMap((file) => ['--values', file]),
      ...Object.entries(set).flatMap(([name, value]) => setArguments(name, value)),
      // The arguments after it are not options, even if they begin with a dash.
      '--',
      ...(release === undefined ? [] : [release]),
      chart,
    ],
    // JSON is valid YAML.
    ...(typeof values === 'object' && !isList(values) && { input: JSON.stringify(values) }),
  };
}

function isList(values: object): values is readonly string[] {
  return Array.isArray(values);
}

/** Returns the arguments for a value: by default helm reads `1.10` as a number and a comma as the end of the value. */
function setArguments(name: string, value: string | number | boolean): string[] {
  return typeof value === 'string'
    ? ['--set-string', `${name}=${value.replace(/[\\,]/g, '\\$&')}`]
    : ['--set', `${name}=${value}`];
}

/** Output of a tool, or why there is none. */
export type Rendered = { readonly text: string } | { readonly detail: string; readonly advice?: string };
