import { companionProblems } from '../config/configObjects';
import { type Problem, problemOf } from '../error';
import type { Pod } from '../model';
import type { ReadSource } from '../source/source';
import { type ApiServer, NEWEST } from '../values/apiServer';
import { type Service, selects, servicesIn } from '../workload/services';
import { type Workload, workloadsIn } from '../workload/workloads';
import { admit } from './admit';
import type { DroppedField } from './disabledFields';
import { applyPodPresets } from './podPreset';

/** A workload that Kubernetes accepts. */
export interface AdmittedWorkload {
  /** `Deployment/checkout` */
  readonly name: string;
  readonly workload: Workload;
  /** The first pod it makes. */
  readonly pod: Pod;
  /** The Services of the same manifest that select the pod. */
  readonly services: readonly Service[];
  /** Fields of the pod that the API server drops without an error. */
  readonly dropped: readonly DroppedField[];
  /** Changes that PodPresets made to the pod, or why they made none. */
  readonly notes: readonly string[];
}

/** All the workloads of a manifest. */
export interface AdmittedManifest {
  /** All there are, valid or not: `Deployment/checkout`. */
  readonly names: readonly string[];
  /** Problems that make the others invalid. */
  readonly problems: readonly Problem[];
  readonly admitted: readonly AdmittedWorkload[];
}

/** More than anybody reads; each takes a search through the text. */
const LOCATED_MAX = 1000;

/** Takes every workload of a manifest as the API server does. Never throws for what the manifest says. */
export function admitAll(read: ReadSource, options: Partial<ApiServer> = {}): AdmittedManifest {
  const server = { ...NEWEST, ...options };
  const services = servicesIn(read);
  const { workloads, problems: unusable } = workloadsIn(read);
  const problems = [...unusable, ...companionProblems(read)];
  const admitted: AdmittedWorkload[] = [];
  for (const workload of workloads) {
    let notes: readonly string[] = [];
    const { pod, findings, dropped } = admit(workload, server, (made) => {
      const preset = applyPodPresets(made, read.documents);
      notes = preset.notes;
      return preset.pod;
    });
    // Kubernetes accepts a finding with a code.
    const rejected = findings.filter(({ code }) => code === undefined);
    if (rejected.length === 0) {
      const chosenBy = services.filter((service) => selects(service, pod));
      admitted.push({ name: nameOf(workload), workload, pod, services: chosenBy, dropped, notes });
    }
    for (const finding of rejected) {
      const unknownField = finding.type === undefined && finding.detail === 'unknown field';
      const locate = () => workload.document.locate(finding.path, unknownField ? 'name' : 'value');
      problems.push(problemOf(finding, problems.length < LOCATED_MAX ? locate() : undefined));
    }
  }
  return { names: workloads.map(nameOf), problems, admitted };
}

function nameOf({ kind, name }: Workload): string {
  return `${kind.kind}/${name}`;
}
