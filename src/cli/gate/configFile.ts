import { existsSync } from 'node:fs';
import { ManifestError, problemOf } from '../../manifest/error';
import { FieldPath } from '../../manifest/fieldPath';
import { readTextFile } from '../../manifest/readTextFile';
import { decode } from '../../manifest/schema/decode';
import type { Schema } from '../../manifest/schema/schema';
import { parseYaml } from '../../manifest/yaml/parse';
import type { RawOptions } from './rawOptions';

const NAME = 'jest-kubelet.yaml';

const LIST: Schema = { list: 'string' };
const MAP: Schema = { map: 'string' };

const SCHEMA: Schema = {
  fields: {
    gate: {
      fields: {
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
        allow: LIST,
        within: 'string',
        parallel: 'int32',
        kubernetesVersion: 'string',
        endpointRemovalDelay: 'string',
        format: LIST,
        html: 'string',
      },
    },
  },
};

/**
 * What a team always passes: `gate` of the file named, or of `jest-kubelet.yaml` in the working directory where there is
 * one. Its keys are the options' names; an option that takes NAME=VALUE is a mapping, one that may be repeated a list.
 *
 * @throws ManifestError with file, line and column when it says something else.
 */
export function readConfig(named: string | undefined): RawOptions {
  if (named === undefined && !existsSync(NAME)) return {};
  const file = named ?? NAME;
  const [document] = parseYaml(readTextFile(file), file);
  if (!document) return {};
  const { value, errors } = decode(document.value, SCHEMA, FieldPath.ROOT);
  if (errors.length > 0) {
    const problems = errors.map((error) => {
      return problemOf(error, document.locate(error.path, error.type === undefined ? 'name' : 'value'));
    });
    throw new ManifestError(problems, file);
  }
  const { gate = {} } = (value ?? {}) as { readonly gate?: Readonly<Record<string, unknown>> };
  return Object.fromEntries(Object.entries(gate).map(([key, one]) => [key, asOption(one)]));
}

function asOption(value: unknown): string | readonly string[] {
  if (Array.isArray(value)) return value.map(String);
  if (typeof value === 'object' && value !== null) return Object.entries(value).map(([name, one]) => `${name}=${one}`);
  return String(value);
}
