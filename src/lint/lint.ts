import { admit } from '../manifest/admit';
import { type ApiServer, NEWEST } from '../manifest/apiServer';
import { ManifestError, type Problem, problemOf } from '../manifest/error';
import { type Service, selects, servicesIn } from '../manifest/services';
import { type ManifestSource, type ReadSource, readSource } from '../manifest/source';
import { type Workload, workloadsIn } from '../manifest/workloads';
import type { Finding } from './finding';
import { RULES } from './rules';

/** More than anybody reads; each takes a search through the text. */
const LOCATED_MAX = 1000;

export type LintOptions = Partial<ApiServer>;

export interface LintReport {
  /** What the manifest is called in messages. */
  readonly source: string;
  /** What was looked at: `Deployment/checkout`. */
  readonly workloads: readonly string[];
  /** What makes the manifest invalid. */
  readonly problems: readonly Problem[];
  /** What is valid and still wrong, in the order of the text; nothing is said of a workload that is invalid. */
  readonly findings: readonly Finding[];
}

/** Looks at every workload of a manifest. Never throws for what it says: what is wrong with the manifest is in `problems`. */
export function lint(source: ManifestSource, options: LintOptions = {}): LintReport {
  try {
    return lintSource(readSource(source), options);
  } catch (error) {
    if (!(error instanceof ManifestError)) throw error;
    return { source: error.source, workloads: [], problems: error.problems, findings: [] };
  }
}

/** As {@link lint}, of a manifest that is read already. Throws a {@link ManifestError} where it has no workloads. */
export function lintSource(read: ReadSource, options: LintOptions = {}): LintReport {
  const server = { ...NEWEST, ...options };
  const services = servicesIn(read);
  const workloads = workloadsIn(read);
  const looked = workloads.map((workload) => look(workload, services, server));
  return {
    source: read.name,
    workloads: workloads.map(nameOf),
    problems: looked.flatMap(({ problems }) => problems),
    findings: looked.flatMap(({ findings }) => findings).toSorted(byPlace),
  };
}

function look(
  workload: Workload,
  services: readonly Service[],
  server: ApiServer,
): Pick<LintReport, 'problems' | 'findings'> {
  const { document, kind } = workload;
  const { pod, findings: found } = admit(workload, server, (written) => written);
  // What has a code is accepted by Kubernetes: refused where a pod is run, and told by a rule where it is wrong.
  const problems = found
    .filter(({ code }) => code === undefined)
    .map((finding, index) => {
      const unknownField = finding.type === undefined && finding.detail === 'unknown field';
      const locate = () => document.locate(finding.path, unknownField ? 'name' : 'value');
      return problemOf(finding, index < LOCATED_MAX ? locate() : undefined);
    });
  if (problems.length > 0) return { problems, findings: [] };
  const subject = { pod, services: services.filter((service) => selects(service, pod)) };
  const findings = RULES.flatMap(({ code, find }) =>
    find(subject).map(({ path, ...flaw }) => {
      const field = kind.template.child('spec').join(path);
      const position = document.locate(field);
      return { code, workload: nameOf(workload), field: String(field), ...flaw, ...(position && { position }) };
    }),
  );
  return { problems, findings };
}

function nameOf({ kind, name }: Workload): string {
  return `${kind.kind}/${name}`;
}

function byPlace(a: Finding, b: Finding): number {
  const [one, other] = [a.position, b.position];
  if (!one || !other || one.file !== other.file) return 0;
  return one.line - other.line || one.column - other.column;
}
