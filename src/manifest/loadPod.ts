import { randomUUID } from 'node:crypto';
import { formatList } from '../wording/list';
import { admit, type Objection } from './admission/admit';
import type { WrittenPod } from './admission/defaults';
import type { DroppedField } from './admission/disabledFields';
import { expansionFindings } from './admission/expansionFindings';
import type { BlockCode } from './admission/fields';
import { applyPodPresets } from './admission/podPreset';
import { findBlockedFields, findIgnoredFields } from './admission/usedFields';
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
  /** The workload to use, as `Kind/name`, if the manifest has several. */
  readonly workload?: string;
  /**
   * Fields and checks to accept although they are blocked or rejected by default. One is `unknown-port`: Kubernetes
   * accepts a named port that the container does not have, but its probe always errors.
   */
  readonly allow?: readonly Allowed[];
}

export type Allowed = 'unknown-port' | BlockCode;

/** A pod and what came with it in the same input. */
export interface LoadedManifest {
  readonly pod: Pod;
  /** Name of the manifest in messages. */
  readonly source: string;
  /** The object that the pod comes from. */
  readonly workload: Workload;
  /** Notes about ignored parts of the manifest, a sentence each. */
  readonly notes: readonly string[];
  /** The ConfigMaps and Secrets that are there for the pod. */
  readonly config: Config;
  /** The Services that select the pod. */
  readonly services: readonly Service[];
  /** Services of the manifest through which clients reach the pod. */
  readonly backend: ServiceBackend;
  /**
   * Returns the place of a field in the text, by its path in the pod: `spec.containers[0].image`. Undefined without
   * text.
   */
  locate(path: FieldPath, part?: 'value' | 'name'): Position | undefined;
}

const LOCATED_MAX = 100;

/**
 * Returns the pod of a manifest, or the first pod of a workload, as the API server would store it: defaults filled in,
 * validated, with a new uid. Throws a {@link ManifestError} that lists all problems with file, line and column.
 */
export function loadPod(source: ManifestSource, options: LoadPodOptions = {}): Pod {
  return loadManifest(source, options).pod;
}

/** Returns the pod of {@link loadPod} with its ConfigMaps, Secrets, Services and notes. */
export function loadManifest(source: ManifestSource, options: LoadPodOptions = {}): LoadedManifest {
  return loadRead(readSource(source), options);
}

/** Returns the result of {@link loadManifest} for a manifest that is already read. */
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
  const problems = [...findings, ...findBlockedUses(workload, written)].filter(
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
    notes: [
      ...presetNotes,
      ...notesOnIgnored(written),
      ...notesOnDropped(dropped),
      ...notesOnOthers(read, workload),
    ].map((note) => `${read.name}: ${note}`),
    config,
    services,
    backend: backendOf(pod, services, strayServices(read)),
    locate: (path, part) => workload.document.locate(workload.kind.template.join(path), part),
  };
}

function findBlockedUses(
  { kind }: Workload,
  { spec }: WrittenPod,
): (Omit<Objection, 'code'> & { readonly code: Allowed })[] {
  return findBlockedFields(spec).map((use) => ({ ...use, path: kind.template.child('spec').join(use.path) }));
}

function notesOnIgnored({ spec }: WrittenPod): string[] {
  const fields = findIgnoredFields(spec);
  if (fields.length === 0) return [];
  return [`ignored (no cluster): ${formatList(fields)}`];
}

function notesOnDropped(dropped: readonly DroppedField[]): string[] {
  return dropped.map(
    ({ path, gate }) => `${path} has no effect: the API server drops it because the feature gate ${gate} is off`,
  );
}

function notesOnOthers(read: ReadSource, workload: Workload): string[] {
  const others = othersIn(read, workload).filter((name) => !isCompanion(name.split('/')[0] ?? ''));
  return others.length === 0 ? [] : [`ignored objects: ${formatList(others)}`];
}

function toProblem(finding: Omit<Objection, 'code'>, document: SourceDocument | false): Problem {
  const { path, type, detail } = finding;
  const unknownField = type === undefined && detail === 'unknown field';
  return problemOf(finding, document ? document.locate(path, unknownField ? 'name' : 'value') : undefined);
}
