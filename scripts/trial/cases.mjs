import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { parse } from 'yaml';
import { ROOT } from '../root.mjs';

/** The trial's services, a folder each. */
export const TRIAL = path.join(ROOT, 'specs/gate/trial');
/** In the order of the table. */
const GROUPS = ['faults', 'controls', 'applications'];
const SEVERITIES = ['error', 'warning', 'info'];
const FIELDS = ['title', 'expect', 'also', 'services', 'options'];

/**
 * Returns the cases whose group and name contain one of the filters, all without a filter. A case is a folder with
 * `manifest.yaml` and `expectation.yaml`, and with the source of its image if it needs its own.
 *
 * @throws Error for an expectation that names an unknown field, cause or severity.
 */
export function readCases(filters = []) {
  const causes = readCauses();
  const all = GROUPS.flatMap((group) =>
    foldersIn(path.join(TRIAL, group)).map((folder) => readCase(group, folder, causes)),
  );
  if (filters.length === 0) return all;
  return all.filter(({ id }) => filters.some((filter) => id.includes(filter)));
}

/** Returns the check and the codes of lint that report each cause, by id. */
export function readCauses() {
  return parse(readFileSync(path.join(TRIAL, 'causes.yaml'), 'utf8'));
}

function readCase(group, folder, causes) {
  const home = path.join(TRIAL, group, folder);
  const file = path.join(home, 'expectation.yaml');
  const { title, expect = [], also = [], services = {}, options = [], ...rest } = parse(readFileSync(file, 'utf8'));
  const problems = [
    ...Object.keys(rest).map((field) => `unknown field "${field}". Valid fields: ${FIELDS.join(', ')}`),
    ...(title ? [] : ['title is missing']),
    ...(group === 'faults' && expect.length === 0 ? ['a planted fault needs an expectation'] : []),
    ...[...expect, ...also].flatMap((one) => problemsIn(one, causes)),
  ];
  if (problems.length > 0) throw new Error(`${path.relative(ROOT, file)}: ${problems.join('; ')}`);
  const manifest = path.join(home, 'manifest.yaml');
  return { id: `${group}/${folder}`, group, home, manifest, title, expect, also, services, options };
}

function problemsIn({ cause, code, severity }, causes) {
  return [
    ...(cause !== undefined && !Object.hasOwn(causes, cause) ? [`unknown cause "${cause}"`] : []),
    ...(cause === undefined && code === undefined ? ['name a cause or the code of a lint finding'] : []),
    ...[severity ?? []]
      .flat()
      .filter((one) => !SEVERITIES.includes(one))
      .map((one) => `unknown severity "${one}"`),
  ];
}

function foldersIn(folder) {
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name)
    .sort();
}
