import { randomUUID } from 'node:crypto';
import { admit, type Finding } from './admit';
import { type ApiServer, NEWEST } from './apiServer';
import { ManifestError, type Problem, problemOf } from './error';
import { type Images, replaceImages } from './images';
import type { Pod } from './model';
import { type ManifestSource, readSource } from './source';
import { findWorkload } from './workloads';
import type { SourceDocument } from './yaml/parse';

export interface LoadPodOptions extends Partial<ApiServer> {
  readonly images?: Images;
  /** Which workload is meant, as `Kind/name`, where the manifest has several. */
  readonly workload?: string;
  /**
   * What to take although it cannot be meant. `unknown-port`: a port asked for by a name that its container gives to
   * none, which Kubernetes accepts, and whose probe errors for ever.
   */
  readonly allow?: readonly 'unknown-port'[];
}

const LOCATED_MAX = 100;

/**
 * The pod that a manifest asks for, as the API server would store it: defaults filled in, validated, with a new uid.
 *
 * From a workload that makes pods, the first pod it makes. Other objects of the manifest are left aside. Throws a
 * {@link ManifestError} that says everything that is wrong, with file, line and column.
 */
export function loadPod(source: ManifestSource, options: LoadPodOptions = {}): Pod {
  const { images = {}, allow = [], workload: wanted, ...server } = options;
  const read = readSource(source);
  const workload = findWorkload(read, wanted);
  const { pod, findings } = admit(workload, { ...NEWEST, ...server }, ({ metadata, spec = {} }) => ({
    ...(metadata && { metadata }),
    spec: replaceImages(spec, images, read.name),
  }));
  const problems = findings.filter(({ code }) => code === undefined || !allow.includes(code));
  if (problems.length > 0) {
    const located = problems.map((finding, index) => toProblem(finding, index < LOCATED_MAX && workload.document));
    throw new ManifestError(located, read.name);
  }
  return { ...pod, metadata: { ...pod.metadata, uid: randomUUID() } };
}

function toProblem(finding: Finding, document: SourceDocument | false): Problem {
  const { path, type, detail } = finding;
  const unknownField = type === undefined && detail === 'unknown field';
  return problemOf(finding, document ? document.locate(path, unknownField ? 'name' : 'value') : undefined);
}
