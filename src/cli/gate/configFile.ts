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

/** Options that open this machine to a manifest. Only the command line, or a file that it names, can set them. */
const RIGHTS: readonly string[] = ['allow', 'service'];
/** Options that name files and folders, and those that do after a `=`. */
const PATHS: readonly string[] = ['file', 'helm', 'values', 'kustomize', 'html'];
const PATHS_OF_NAMES: readonly string[] = ['build', 'format'];

/**
 * Returns the options of a team: `gate` of the file named, or of `jest-kubelet.yaml` in the working directory if there is
 * one. Its keys are the options' names. An option that takes NAME=VALUE is a mapping, a repeatable one is a list.
 *
 * A file that nobody named may come with a pull request. So it cannot widen what a manifest may do, and its paths stay in
 * the working directory.
 *
 * @throws ManifestError with file, line and column if the file says something else.
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
  const options = Object.fromEntries(Object.entries(gate).map(([key, one]) => [key, asOption(one)]));
  if (named === undefined) problems.push(...foundProblems(options, document));
  if (problems.length > 0) throw new ManifestError(problems, file);
  return options;
}

function foundProblems(options: Readonly<Record<string, string | readonly string[]>>, { locate }: SourceDocument) {
  return Object.entries(options).flatMap(([key, given]): readonly Problem[] => {
    const path = FieldPath.of('gate', key);
    if (RIGHTS.includes(key)) {
      const detail = 'is not taken from a file that the command line does not name, because it opens this machine';
      return [problemOf({ path, detail, advice: `pass --${key}, or --config ${NAME}` }, locate(path, 'name'))];
    }
    const out = pathsIn(key, [given].flat()).find(isElsewhere);
    if (out === undefined) return [];
    const detail = `${JSON.stringify(out)} is not in the working directory`;
    return [problemOf({ path, detail, advice: `name it on the command line, or pass --config ${NAME}` }, locate(path))];
  });
}

function pathsIn(key: string, given: readonly string[]): readonly string[] {
  if (PATHS_OF_NAMES.includes(key)) return given.map((one) => one.slice(one.indexOf('=') + 1));
  return PATHS.includes(key) ? given : [];
}

/** A chart that is named as `oci://…` lies elsewhere too, and so does a name that begins with `~`. */
function isElsewhere(file: string): boolean {
  return file.includes('://') || file.startsWith('~') || !isInside('', file) || leavesByLink(file);
}

function asOption(value: unknown): string | readonly string[] {
  if (Array.isArray(value)) return value.map(String);
  if (typeof value === 'object' && value !== null) return Object.entries(value).map(([name, one]) => `${name}=${one}`);
  return String(value);
}
