import { readdirSync } from 'node:fs';
import path from 'node:path';
import { BLOCKED_FIELDS } from '../../manifest/admission/fields';
import { ManifestError, problemOf } from '../../manifest/error';
import { type LoadedManifest, loadRead } from '../../manifest/loadPod';
import { type ReadSource, readSource } from '../../manifest/source/source';
import { invalid } from '../../manifest/values/fieldError';
import { FieldPath } from '../../manifest/values/fieldPath';
import { withoutChartTests, workloadsIn } from '../../manifest/workload/workloads';

/** Workload of a manifest in the project, with its pod. */
export interface WorkloadMatch {
  /** Path of the manifest, relative to the project and with `/`. */
  readonly file: string;
  /** `Deployment/web`. */
  readonly workload: string;
  /** True if the manifest has other workloads, so that a test must choose one. */
  readonly isOneOfSeveral: boolean;
  readonly pod: LoadedManifest['pod'];
  /** Local images by container. Default: the images of the manifest. */
  readonly images?: Readonly<Record<string, string>>;
  /** Ports that clients reach through the Services of the manifest. */
  readonly backend: LoadedManifest['backend'];
}

const YAML = /\.ya?ml$/i;
const DEPTH_MAX = 4;
const FILES_MAX = 2000;
// Folders with files of others, generated files and templates.
const SKIPPED = /^(\.|node_modules$|vendor$|dist$|build$|coverage$|templates$)/;

/** Returns the manifests with workloads below a folder, those nearest to it first, then by name. */
export function listManifests(folder: string): string[] {
  const files = listYAMLFiles(folder, '', 1).slice(0, FILES_MAX);
  return files.filter((file) => tryReadWorkloads(path.join(folder, file)).length > 0);
}

function listYAMLFiles(folder: string, below: string, depth: number): string[] {
  const entries = readdirSync(path.join(folder, below), { withFileTypes: true }).filter(
    ({ name }) => !SKIPPED.test(name),
  );
  const names = entries.filter((entry) => entry.isFile() && YAML.test(entry.name)).map(({ name }) => name);
  const folders = depth < DEPTH_MAX ? entries.filter((entry) => entry.isDirectory()) : [];
  return [
    ...names.sort().map((name) => path.posix.join(below, name)),
    ...folders
      .map(({ name }) => name)
      .sort()
      .flatMap((name) => listYAMLFiles(folder, path.posix.join(below, name), depth + 1)),
  ];
}

/**
 * Returns the workloads of a manifest.
 *
 * @throws ManifestError if it cannot be read, has no workload, or Kubernetes would reject it.
 */
export function loadWorkloads(folder: string, file: string): WorkloadMatch[] {
  const read = renameSource(file, readSource(path.relative('', path.resolve(folder, file))));
  const { workloads, problems } = workloadsIn(read);
  if (problems.length > 0) throw new ManifestError(problems, file);
  const found = withoutChartTests(workloads);
  return found.map(({ kind, name }) => {
    const workload = `${kind.kind}/${name}`;
    // runPod reports blocked fields when the test runs.
    const { pod, backend, locate } = loadRead(read, { workload, allow: ALL_ALLOWED });
    rejectLineBreaks(pod, file, locate);
    return { file: file.split(path.sep).join('/'), workload, isOneOfSeveral: found.length > 1, pod, backend };
  });
}

/** Rejects control characters in images, because a spec quotes them and a template may contain any text. */
function rejectLineBreaks({ spec }: WorkloadMatch['pod'], file: string, locate: LoadedManifest['locate']): void {
  const problems = (['initContainers', 'containers'] as const).flatMap((list) =>
    spec[list].flatMap(({ image }, index) => {
      const path = FieldPath.of('spec', list).index(index).child('image');
      const detail = 'must not contain line breaks or other control characters';
      return /\p{Cc}/u.test(image) ? [problemOf(invalid(path, image, detail), locate(path))] : [];
    }),
  );
  if (problems.length > 0) throw new ManifestError(problems, file);
}

const ALL_ALLOWED = ['unknown-port' as const, ...BLOCKED_FIELDS.map(({ allow }) => allow)];

function renameSource(file: string, { documents }: ReadSource): ReadSource {
  return { name: file, documents };
}

/** Returns the workloads of a file, and none if the file is not a manifest. */
function tryReadWorkloads(file: string): readonly unknown[] {
  try {
    return workloadsIn(readSource(file)).workloads;
  } catch (error) {
    if (error instanceof ManifestError) return [];
    throw error;
  }
}
