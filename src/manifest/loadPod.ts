import { randomUUID } from 'node:crypto';
import { admit, type Objection } from './admission/admit';
import type { WrittenPod } from './admission/defaults';
import type { DroppedField } from './admission/disabledFields';
import { expansionFindings } from './admission/expansionFindings';
import type { Refusal } from './admission/fields';
import { applyPodPresets } from './admission/podPreset';
import { notRehearsed, refusedUses } from './admission/usedFields';
import type { Config } from './config/config';
import { companionProblems, configOf, type GivenConfig, isCompanion } from './config/configObjects';
import { ManifestError, type Problem, problemOf } from './error';
import type { Pod } from './model';
import { type ManifestSource, type ReadSource, readSource } from './source/source';
import type { SourceDocument } from './source/yaml/parse';
import { type ApiServer, NEWEST } from './values/apiServer';
import type { FieldPath } from './values/fieldPath';
import type { Position } from './values/position';
import { backendOf, type ServiceBackend } from './workload/backend';
import { type Images, replaceImages } from './workload/images';
import { type Service, selects, servicesIn } from './workload/services';
import { strayServices } from './workload/strayServices';
import { findWorkload, othersIn, type Workload } from './workload/workloads';

export interface LoadPodOptions extends Partial<ApiServer>, GivenConfig {
  readonly images?: Images;
  /** Which workload is meant, as `Kind/name`, where the manifest has several. */
  readonly workload?: string;
  /**
   * What to take although it cannot be meant (`unknown-port`: a port asked for by a name that its container gives to
   * none, which Kubernetes accepts, and whose probe errors for ever), or although it is refused for what it could do to
   * this machine.
   */
  readonly allow?: readonly Allowed[];
}

export type Allowed = 'unknown-port' | Refusal;

/** A pod and what came with it in the same input. */
export interface LoadedManifest {
  readonly pod: Pod;
  /** What the manifest is called in messages. */
  readonly source: string;
  /** The object that the pod comes from. */
  readonly workload: Workload;
  /** What of the manifest is not rehearsed, a sentence each. */
  readonly notes: readonly string[];
  /** The ConfigMaps and Secrets that are there for the pod. */
  readonly config: Config;
  /** The Services that select the pod. */
  readonly services: readonly Service[];
  /** How clients come to the pod through the Services of the manifest. */
  readonly backend: ServiceBackend;
  /** Where a field of the pod is written, by its path in the pod: `spec.containers[0].image`. Undefined without text. */
  locate(path: FieldPath, part?: 'value' | 'name'): Position | undefined;
}

const LOCATED_MAX = 100;

/**
 * The pod that a manifest asks for, as the API server would store it: defaults filled in, validated, with a new uid.
 *
 * From a workload that makes pods, the first pod it makes. Throws a {@link ManifestError} that says everything that is
 * wrong, with file, line and column.
 */
export function loadPod(source: ManifestSource, options: LoadPodOptions = {}): Pod {
  return loadManifest(source, options).pod;
}

/** {@link loadPod}, with what else the input says about the pod. */
export function loadManifest(source: ManifestSource, options: LoadPodOptions = {}): LoadedManifest {
  return loadRead(readSource(source), options);
}

/** {@link loadManifest} of what has been read already. */
export function loadRead(read: ReadSource, options: LoadPodOptions = {}): LoadedManifest {
  const { images = {}, allow = [], workload: wanted, configMaps = {}, secrets = {}, ...server } = options;
  const workload = findWorkload(read, wanted);
  let presetNotes: readonly string[] = [];
  const { pod, written, dropped, findings } = admit(workload, { ...NEWEST, ...server }, (made) => {
    const preset = applyPodPresets(made, read.documents);
    presetNotes = preset.notes;
    const { metadata, spec = {} } = preset.pod;
    return { ...(metadata && { metadata }), spec: replaceImages(spec, images, read.name) };
  });
  const problems = [...findings, ...refusalsIn(workload, written)].filter(
    ({ code }) => code === undefined || !allow.includes(code),
  );
  const located = [
    ...problems.map((finding, index) => toProblem(finding, index < LOCATED_MAX && workload.document)),
    ...companionProblems(read),
  ];
  if (located.length > 0) throw new ManifestError(located, read.name);
  const config = configOf(read, pod.metadata, { configMaps, secrets });
  const { kubernetesVersion } = { ...NEWEST, ...server };
  const grown = expansionFindings(pod, config, kubernetesVersion).map(({ path, detail }) => {
    const inManifest = workload.kind.template.join(path);
    return toProblem({ path: inManifest, detail }, workload.document);
  });
  if (grown.length > 0) throw new ManifestError(grown, read.name);
  const services = servicesIn(read).filter((service) => selects(service, pod));
  return {
    pod: { ...pod, metadata: { ...pod.metadata, uid: randomUUID() } },
    source: read.name,
    workload,
    notes: [...presetNotes, ...notesOn(written), ...notesOnDropped(dropped), ...leftAside(read, workload)].map(
      (note) => `${read.name}: ${note}`,
    ),
    config,
    services,
    backend: backendOf(pod, services, strayServices(read)),
    locate: (path, part) => workload.document.locate(workload.kind.template.join(path), part),
  };
}

function refusalsIn(
  { kind }: Workload,
  { spec }: WrittenPod,
): (Omit<Objection, 'code'> & { readonly code: Allowed })[] {
  return refusedUses(spec).map((use) => ({ ...use, path: kind.template.child('spec').join(use.path) }));
}

function notesOn({ spec }: WrittenPod): string[] {
  const fields = notRehearsed(spec);
  if (fields.length === 0) return [];
  return [`not rehearsed, as there is no cluster: ${new Intl.ListFormat('en').format(fields)}`];
}

function notesOnDropped(dropped: readonly DroppedField[]): string[] {
  return dropped.map(
    ({ path, gate }) => `${path} has no effect: the API server drops it, because the feature gate ${gate} is off`,
  );
}

function leftAside(read: ReadSource, workload: Workload): string[] {
  const others = othersIn(read, workload).filter((name) => !isCompanion(name.split('/')[0] ?? ''));
  return others.length === 0 ? [] : [`left aside: ${new Intl.ListFormat('en').format(others)}`];
}

function toProblem(finding: Omit<Objection, 'code'>, document: SourceDocument | false): Problem {
  const { path, type, detail } = finding;
  const unknownField = type === undefined && detail === 'unknown field';
  return problemOf(finding, document ? document.locate(path, unknownField ? 'name' : 'value') : undefined);
}
