import { readdirSync } from 'node:fs';
import path from 'node:path';
import { REFUSED } from '../../manifest/admission/fields';
import { ManifestError, problemOf } from '../../manifest/error';
import { type LoadedManifest, loadRead } from '../../manifest/loadPod';
import { type ReadSource, readSource } from '../../manifest/source/source';
import { invalid } from '../../manifest/values/fieldError';
import { FieldPath } from '../../manifest/values/fieldPath';
import { deployed, workloadsIn } from '../../manifest/workload/workloads';

/** A pod that a manifest of a project asks for. */
export interface WorkloadMatch {
  /** The manifest's path from the project's folder, with `/`. */
  readonly file: string;
  /** `Deployment/web`. */
  readonly workload: string;
  /** Whether the manifest has others, so that it has to be said which one is meant. */
  readonly isOneOfSeveral: boolean;
  readonly pod: LoadedManifest['pod'];
  /** The images that are here, by their containers; the manifest's own where absent. */
  readonly images?: Readonly<Record<string, string>>;
  /** How clients come to it through the Services of the manifest. */
  readonly backend: LoadedManifest['backend'];
}

const YAML = /\.ya?ml$/i;
const DEPTH_MAX = 4;
const FILES_MAX = 2000;
// What is somebody else's, made from something, or no manifest as it stands.
const LEFT_OUT = /^(\.|node_modules$|vendor$|dist$|build$|coverage$|templates$)/;

/** The manifests below a folder that pods come from, by name, those nearest to the folder first. */
export function manifestsBelow(folder: string): string[] {
  const files = yamlFilesIn(folder, '', 1).slice(0, FILES_MAX);
  return files.filter((file) => workloadsOf(path.join(folder, file)).length > 0);
}

function yamlFilesIn(folder: string, below: string, depth: number): string[] {
  const entries = readdirSync(path.join(folder, below), { withFileTypes: true }).filter(
    ({ name }) => !LEFT_OUT.test(name),
  );
  const names = entries.filter((entry) => entry.isFile() && YAML.test(entry.name)).map(({ name }) => name);
  const folders = depth < DEPTH_MAX ? entries.filter((entry) => entry.isDirectory()) : [];
  return [
    ...names.sort().map((name) => path.posix.join(below, name)),
    ...folders
      .map(({ name }) => name)
      .sort()
      .flatMap((name) => yamlFilesIn(folder, path.posix.join(below, name), depth + 1)),
  ];
}

/**
 * The pods that a manifest asks for.
 *
 * @throws ManifestError when it cannot be read, has no workload, or Kubernetes would reject it.
 */
export function workloadsFound(folder: string, file: string): WorkloadMatch[] {
  const read = namedAs(file, readSource(path.relative('', path.resolve(folder, file))));
  const { workloads, problems } = workloadsIn(read);
  if (problems.length > 0) throw new ManifestError(problems, file);
  const found = deployed(workloads);
  return found.map(({ kind, name }) => {
    const workload = `${kind.kind}/${name}`;
    // What is refused for what it could do to a machine is told when the pod is run.
    const { pod, backend, locate } = loadRead(read, { workload, allow: ALL });
    refuseLineBreaks(pod, file, locate);
    return { file: file.split(path.sep).join('/'), workload, isOneOfSeveral: found.length > 1, pod, backend };
  });
}

/** A template takes any text for an image, and a spec quotes it. */
function refuseLineBreaks({ spec }: WorkloadMatch['pod'], file: string, locate: LoadedManifest['locate']): void {
  const problems = (['initContainers', 'containers'] as const).flatMap((list) =>
    spec[list].flatMap(({ image }, index) => {
      const path = FieldPath.of('spec', list).index(index).child('image');
      const detail = 'must not contain line breaks or other control characters';
      return /\p{Cc}/u.test(image) ? [problemOf(invalid(path, image, detail), locate(path))] : [];
    }),
  );
  if (problems.length > 0) throw new ManifestError(problems, file);
}

const ALL = ['unknown-port' as const, ...REFUSED.map(({ allow }) => allow)];

function namedAs(file: string, { documents }: ReadSource): ReadSource {
  return { name: file, documents };
}

/** Those of a file that may be no manifest at all: of such a one there are none. */
function workloadsOf(file: string): readonly unknown[] {
  try {
    return workloadsIn(readSource(file)).workloads;
  } catch (error) {
    if (error instanceof ManifestError) return [];
    throw error;
  }
}
