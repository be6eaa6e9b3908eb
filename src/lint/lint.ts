import { type AdmittedWorkload, admitAll } from '../manifest/admission/admitAll';
import { ManifestError, type Problem } from '../manifest/error';
import { type ManifestSource, type ReadSource, readSource } from '../manifest/source/source';
import { type ApiServer, NEWEST } from '../manifest/values/apiServer';
import { strayServices } from '../manifest/workload/strayServices';
import { withoutChartTests } from '../manifest/workload/workloads';
import type { Finding } from './finding';
import { RULES } from './rules';
import { SERVICE_RULES } from './serviceRules';

/** API server that validates the manifest. Default: 1.37. */
export type LintOptions = Partial<ApiServer>;

/** Result of lint for a manifest. */
export interface LintReport {
  /** Name of the manifest in messages. */
  readonly source: string;
  /** Workloads that were checked: `Deployment/checkout`. */
  readonly workloads: readonly string[];
  /** Problems that make the manifest invalid. */
  readonly problems: readonly Problem[];
  /** Settings that are valid but harmful, in the order of the manifest. An invalid workload has none. */
  readonly findings: readonly Finding[];
  /** Changes to pods that their manifests do not show. */
  readonly notes: readonly string[];
}

/**
 * Checks every workload of a manifest. It does not throw for an invalid manifest, but returns the reasons in
 * `problems`.
 */
export function lint(source: ManifestSource, options: LintOptions = {}): LintReport {
  try {
    return lintSource(readSource(source), options);
  } catch (error) {
    if (!(error instanceof ManifestError)) throw error;
    return { source: error.source, workloads: [], problems: error.problems, findings: [], notes: [] };
  }
}

/** Runs the rules of {@link lint} on a manifest that is already read. */
export function lintSource(read: ReadSource, options: LintOptions = {}): LintReport {
  const { names, problems, admitted } = admitAll(read, options);
  // The tests of a Helm chart must be valid, but lint does not check them.
  const checked = withoutChartTests(admitted.map(({ workload }) => workload));
  const linted = admitted.filter(({ workload }) => checked.includes(workload));
  const findings = [
    ...linted.flatMap((each) => findIn(each, { ...NEWEST, ...options })),
    ...findInServices(read, linted),
  ].toSorted(byPlace);
  const notes = admitted.flatMap(({ name, notes: own }) => own.map((note) => `${name}: ${note}`));
  return { source: read.name, workloads: names, problems: problems.toSorted(byPlace), findings, notes };
}

function findIn(
  { name, workload: { document, kind }, pod, services, dropped }: AdmittedWorkload,
  server: ApiServer,
): Finding[] {
  return RULES.flatMap(({ code, find }) =>
    find({ pod, services, dropped, server }).map(({ path, ...finding }) => {
      const field = kind.template.child('spec').join(path);
      const position = document.locate(field);
      return { code, workload: name, field: String(field), ...finding, ...(position && { position }) };
    }),
  );
}

/** Returns the findings in Services. A Service may select several workloads, but its finding counts once. */
function findInServices(read: ReadSource, admitted: readonly AdmittedWorkload[]): Finding[] {
  const selecting = admitted.flatMap(({ pod, services }) => services.map((service) => ({ service, pod })));
  const found = SERVICE_RULES.flatMap(({ code, find }) =>
    find({ strays: strayServices(read), selecting }).map(({ path, service, ...finding }) => {
      const position = service.document.locate(path);
      return {
        code,
        workload: `Service/${service.name}`,
        field: String(path),
        ...finding,
        ...(position && { position }),
      };
    }),
  );
  return uniqueBy(found, ({ code, workload, field }) => `${code} ${workload} ${field}`);
}

function uniqueBy<T>(all: readonly T[], key: (one: T) => string): T[] {
  return [...new Map(all.map((one) => [key(one), one])).values()];
}

/** Compares findings by place. A finding without a place, or in another file, keeps its position. */
function byPlace({ position: one }: Pick<Finding, 'position'>, { position: other }: Pick<Finding, 'position'>): number {
  if (!one || !other || one.file !== other.file) return 0;
  return one.line - other.line || one.column - other.column;
}
