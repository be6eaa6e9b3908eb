import { formatList } from '../../wording/list';
import { ManifestError, type Problem } from '../error';
import { nearest } from '../schema/advise';
import type { ReadSource } from '../source/source';
import type { SourceDocument } from '../source/yaml/parse';
import { type ControllerSpec, validateKeptRunning, validateRunToEnd } from '../validation/template';
import type { FieldError } from '../values/fieldError';
import { FieldPath } from '../values/fieldPath';

/** A kind of object that pods come from. */
export interface WorkloadKind {
  readonly kind: string;
  readonly apiVersion: string;
  /** Path of its pod template; the root for a pod itself. */
  readonly template: FieldPath;
  /** Rules of its own for the template; `spec` is where its controller looks. */
  readonly validate?: (spec: ControllerSpec, path: FieldPath) => FieldError[];
}

const SPEC = FieldPath.of('spec');
const TEMPLATE = FieldPath.of('spec', 'template');
const CRON_TEMPLATE = FieldPath.of('spec', 'jobTemplate', 'spec', 'template');

const KINDS: readonly WorkloadKind[] = [
  { kind: 'Pod', apiVersion: 'v1', template: FieldPath.ROOT },
  ...['Deployment', 'ReplicaSet', 'StatefulSet', 'DaemonSet'].map((kind) => ({
    kind,
    apiVersion: 'apps/v1',
    template: TEMPLATE,
    validate: (spec: ControllerSpec) => validateKeptRunning(kind, spec, SPEC),
  })),
  { kind: 'Job', apiVersion: 'batch/v1', template: TEMPLATE, validate: validateRunToEnd },
  { kind: 'CronJob', apiVersion: 'batch/v1', template: CRON_TEMPLATE, validate: validateRunToEnd },
];

/** An object that pods come from, as it stands in the manifest. */
export interface Workload {
  readonly kind: WorkloadKind;
  readonly name: string;
  readonly document: SourceDocument;
  /** True if it is a test of a Helm chart: rendered with the rest, but run only by `helm test`. */
  readonly isHelmTest: boolean;
}

/**
 * Returns the chosen workload: the only one that is deployed, or the one called `Kind/name`. Throws a {@link
 * ManifestError} that lists the workloads.
 */
export function findWorkload(source: ReadSource, wanted: string | undefined): Workload {
  const objects = identifyAll(source);
  const workloads = objects.flatMap(asWorkload);
  const chosen = wanted === undefined ? withoutChartTests(workloads) : workloads.filter((one) => isCalled(one, wanted));
  const [first, ...others] = chosen;
  if (first && others.length === 0) {
    checkVersion(first, source.name);
    return first;
  }
  throw new ManifestError([toProblem(wanted, chosen, workloads, objects)], source.name);
}

/** Returns the workloads of a deployment, or all if there are only tests of a chart. */
export function withoutChartTests(workloads: readonly Workload[]): readonly Workload[] {
  const found = workloads.filter(({ isHelmTest }) => !isHelmTest);
  return found.length > 0 ? found : workloads;
}

/** Returns every workload in order, and the problems of the others. */
export function workloadsIn({ documents, name }: ReadSource): {
  readonly workloads: readonly Workload[];
  readonly problems: readonly Problem[];
} {
  const problems: Problem[] = [];
  const objects: Identity[] = [];
  const workloads = documents.flatMap((document) => {
    try {
      const object = { document, ...identify(document, name) };
      objects.push(object);
      const found = asWorkload(object);
      for (const workload of found) checkVersion(workload, name);
      return found;
    } catch (error) {
      if (!(error instanceof ManifestError)) throw error;
      problems.push(...error.problems);
      return [];
    }
  });
  if (workloads.length === 0 && problems.length === 0) problems.push(toProblem(undefined, [], [], objects));
  return { workloads, problems };
}

/** Returns how long a rollout of a Deployment may make no progress, in seconds; undefined if it is not set there. */
export function progressDeadlineSecondsOf({ kind, document }: Workload): number | undefined {
  if (kind.kind !== 'Deployment') return undefined;
  const { spec } = document.value as { readonly spec?: { readonly progressDeadlineSeconds?: unknown } | null };
  const seconds = spec?.progressDeadlineSeconds;
  return typeof seconds === 'number' ? seconds : undefined;
}

/** Returns the objects beside a workload that no pod of a deployment comes from, as `Kind/name`. */
export function othersIn(source: ReadSource, { document: own }: Workload): string[] {
  const others = identifyAll(source).filter(
    (object) => object.document !== own && asWorkload(object).every(({ isHelmTest }) => isHelmTest),
  );
  return others.map(({ kind, name }) => `${kind}/${name}`);
}

type Identified = Identity & { readonly document: SourceDocument };

function identifyAll({ documents, name }: ReadSource): Identified[] {
  return documents.map((document) => ({ document, ...identify(document, name) }));
}

function asWorkload({ document, kind, name }: Identified): Workload[] {
  const known = KINDS.find((one) => one.kind === kind);
  return known ? [{ kind: known, name, document, isHelmTest: isHelmTest(document) }] : [];
}

/** Source: helm pkg/release/v1/hook.go; `test-success` and `test-failure` are Helm 2's. */
function isHelmTest({ value }: SourceDocument): boolean {
  const { metadata } = value as {
    readonly metadata?: { readonly annotations?: Record<string, unknown> | null } | null;
  };
  const hooks = metadata?.annotations?.['helm.sh/hook'];
  return typeof hooks === 'string' && hooks.split(',').every((hook) => /^test(-success|-failure)?$/.test(hook.trim()));
}

function toProblem(
  wanted: string | undefined,
  chosen: readonly Workload[],
  workloads: readonly Workload[],
  objects: readonly Identity[],
): Problem {
  const found = workloads.map(({ kind, name }) => `${kind.kind}/${name}`);
  if (workloads.length === 0) {
    const kinds = KINDS.map(({ kind }) => kind).join(', ');
    const others = objects.map(({ kind, name }) => `${kind}/${name}`);
    return { detail: `contains no workload, only ${formatNames(others)}`, advice: `supported kinds: ${kinds}` };
  }
  if (chosen.length === 0)
    return { detail: `unknown workload ${JSON.stringify(wanted)}`, advice: `valid workloads: ${formatNames(found)}` };
  const names = new Set(chosen.map(({ kind, name }) => `${kind.kind}/${name}`));
  if (names.size < chosen.length)
    return {
      detail: `some workloads are defined more than once: ${formatNames(found)}`,
      advice: 'remove the duplicates',
    };
  return {
    detail: `the manifest has ${chosen.length} workloads: ${formatNames(found)}`,
    advice: `choose one, for example workload: '${found[0]}'`,
  };
}

function isCalled({ kind, name }: Workload, wanted: string): boolean {
  return `${kind.kind}/${name}`.toLowerCase() === wanted.toLowerCase();
}

interface Identity {
  readonly kind: string;
  readonly name: string;
}

function identify(document: SourceDocument, file: string): Identity {
  const { value } = document;
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    const received = Array.isArray(value) ? 'a list' : `a ${value === null ? 'null' : typeof value}`;
    const detail = `a manifest must be a mapping with apiVersion, kind, metadata and spec, received ${received}`;
    throw error(document, FieldPath.ROOT, { detail }, file);
  }
  const kind = 'kind' in value ? value.kind : undefined;
  if (typeof kind !== 'string' || kind === '') {
    throw error(
      document,
      FieldPath.of('kind'),
      { field: 'kind', type: 'Required', detail: '', advice: 'set a kind such as Pod or Deployment' },
      file,
    );
  }
  const meant = KINDS.some((one) => one.kind === kind)
    ? undefined
    : nearest(
        kind,
        KINDS.map((one) => one.kind),
      );
  if (meant) {
    const advice = `did you mean ${JSON.stringify(meant)}?`;
    throw error(
      document,
      FieldPath.of('kind'),
      { field: 'kind', detail: `unknown kind ${JSON.stringify(kind)}`, advice },
      file,
    );
  }
  const metadata = 'metadata' in value ? value.metadata : undefined;
  const name = typeof metadata === 'object' && metadata !== null && 'name' in metadata ? metadata.name : undefined;
  return { kind, name: typeof name === 'string' ? name : '' };
}

/** Source: the wording of kubectl for a kind that the server does not serve. */
function checkVersion({ kind, document }: Workload, file: string): void {
  const { apiVersion = '' } = document.value as { readonly apiVersion?: unknown };
  if (apiVersion === kind.apiVersion) return;
  const field = 'apiVersion';
  const detail = `no matches for kind "${kind.kind}" in version ${JSON.stringify(apiVersion)}`;
  const advice = `use ${JSON.stringify(kind.apiVersion)}`;
  throw error(document, FieldPath.of(field), { field, detail, advice }, file);
}

function error(document: SourceDocument, path: FieldPath, problem: Problem, file: string): ManifestError {
  const position = document.locate(path);
  return new ManifestError([{ ...problem, ...(position && { position }) }], file);
}

function formatNames(names: readonly string[]): string {
  const shown = names.length > 10 ? [...names.slice(0, 10), `${names.length - 10} more`] : names;
  return formatList(shown);
}
