import { existsSync } from 'node:fs';
import { ManifestError, type Problem, problemOf } from '../../manifest/error';
import { decode } from '../../manifest/schema/decode';
import type { Schema } from '../../manifest/schema/schema';
import { isInside, leavesByLink } from '../../manifest/source/links';
import { readTextFile } from '../../manifest/source/readTextFile';
import { parseYaml, type SourceDocument } from '../../manifest/source/yaml/parse';
import { FieldPath } from '../../manifest/values/fieldPath';
import type { RawOptions } from './rawOptions';

const NAME = 'jest-kubelet.yaml';

const LIST: Schema = { list: 'string' };
const MAP: Schema = { map: 'string' };

const FIELDS: Readonly<Record<string, Schema>> = {
  file: LIST,
  helm: 'string',
  values: LIST,
  set: MAP,
  kustomize: 'string',
  workload: LIST,
  image: MAP,
  build: MAP,
  service: MAP,
  only: LIST,
  skip: LIST,
  failOn: 'string',
  waive: MAP,
  allow: LIST,
  path: LIST,
  within: 'string',
  parallel: 'int32',
  noSkip: 'boolean',
  kubernetesVersion: 'string',
  crashLoopBackOff: { fields: { maxContainerRestartPeriod: 'string' } },
  endpointRemovalDelay: 'string',
  format: LIST,
  html: 'string',
};
const SCHEMA: Schema = { fields: { gate: { fields: FIELDS } } };

/** Options that give a manifest access to this machine. Only the command line, or a file in --config, can set them. */
const RIGHTS: readonly string[] = ['allow', 'service'];
/** Options that are paths, and those with a path after `=`. */
const PATHS: readonly string[] = ['file', 'helm', 'values', 'kustomize', 'html'];
const PATHS_OF_NAMES: readonly string[] = ['build', 'format'];

/**
 * Returns the options under `gate` of the given file, or of `jest-kubelet.yaml` in the working directory. A file that was
 * found, not given, can come from a pull request, so it cannot open this machine or leave the working directory.
 *
 * @throws ManifestError with file, line and column if the file is invalid.
 */
export function readConfig(named: string | undefined): RawOptions {
  if (named === undefined && !existsSync(NAME)) return {};
  const file = named ?? NAME;
  const [document] = parseYaml(readTextFile(file), file);
  if (!document) return {};
  const { value, errors } = decode(document.value, SCHEMA, FieldPath.ROOT);
  const problems = errors.map((error) =>
    problemOf(error, document.locate(error.path, error.type === undefined ? 'name' : 'value')),
  );
  const { gate = {} } = (value ?? {}) as { readonly gate?: Readonly<Record<string, unknown>> };
  const options = Object.fromEntries(Object.entries(gate).map(([key, one]) => [key, toOption(one)]));
  if (named === undefined) problems.push(...findProblems(options, document));
  if (problems.length > 0) throw new ManifestError(problems, file);
  return options;
}

function findProblems(options: Readonly<Record<string, string | readonly string[]>>, { locate }: SourceDocument) {
  return Object.entries(options).flatMap(([key, given]): readonly Problem[] => {
    const path = FieldPath.of('gate', key);
    if (RIGHTS.includes(key)) {
      const detail = 'is allowed only in a file that you pass with --config, because it gives access to this machine';
      return [problemOf({ path, detail, advice: `pass --${key} or --config ${NAME}` }, locate(path, 'name'))];
    }
    const out = listPaths(key, [given].flat()).find(isOutside);
    if (out === undefined) return [];
    const detail = `${JSON.stringify(out)} is not in the working directory`;
    return [problemOf({ path, detail, advice: `pass it on the command line, or pass --config ${NAME}` }, locate(path))];
  });
}

function listPaths(key: string, given: readonly string[]): readonly string[] {
  if (PATHS_OF_NAMES.includes(key)) return given.map((one) => one.slice(one.indexOf('=') + 1));
  return PATHS.includes(key) ? given : [];
}

/** True for a path outside the working directory, which includes `oci://…` and `~`. */
function isOutside(file: string): boolean {
  return file.includes('://') || file.startsWith('~') || !isInside('', file) || leavesByLink(file);
}

function toOption(value: unknown): string | readonly string[] {
  if (Array.isArray(value)) return value.map(String);
  if (typeof value === 'object' && value !== null) return Object.entries(value).map(([name, one]) => `${name}=${one}`);
  return String(value);
}
