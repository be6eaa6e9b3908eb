import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { beforeAll, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { ManifestError } from '../../../src/manifest/error';
import { loadPod } from '../../../src/manifest/loadPod';

const ROOT = path.join(__dirname, '../../..');
const EXAMPLES = globSync(['examples/*/*.yaml', 'specs/unit/manifest/source/tools/rendered.yaml'], { cwd: ROOT }).map(
  (name) => readFileSync(path.join(ROOT, name), 'utf8'),
);
// Where a run that failed begins: FUZZ_SEED=… npm test specs/unit/manifest/fuzz
const SEED = Number(process.env.FUZZ_SEED ?? Date.now() % 2 ** 31);
/** What is wrong with all of the input, and not with a place in it. */
const OF_ALL = /^(empty|not text|no workload|which workload|some workloads|its aliases)/;
const SNIPPETS = [
  '\t',
  ': ',
  '- ',
  '{',
  '[',
  '"',
  "'",
  '&a ',
  '*a',
  '<<: ',
  '!!int ',
  '| ',
  '---\n',
  '~',
  '-1',
  '1e9',
  'yes',
  '\u0000',
  '𝄞',
];

const edit = fc.record({
  at: fc.nat(),
  remove: fc.nat({ max: 12 }),
  insert: fc.oneof(fc.constantFrom(...SNIPPETS), fc.string({ maxLength: 6 })),
});
const manifest = fc
  .tuple(fc.constantFrom(...EXAMPLES), fc.array(edit, { minLength: 1, maxLength: 4 }))
  .map(([text, edits]) =>
    edits.reduce((changed, { at, remove, insert }) => {
      const from = at % (changed.length + 1);
      return changed.slice(0, from) + insert + changed.slice(from + remove);
    }, text),
  );

beforeAll(() => {
  process.stderr.write(`FUZZ_SEED=${SEED}\n`);
});

/** The message that a manifest is refused with; undefined for a pod. */
function refusalOf(text: string): string | undefined {
  try {
    expect(loadPod(`${text}\n`).spec.containers.length).toBeGreaterThan(0);
    return undefined;
  } catch (error) {
    if (!(error instanceof ManifestError)) throw error;
    expect(error.problems.length).toBeGreaterThan(0);
    expect(error.problems.filter(({ position, detail }) => !position && !OF_ALL.test(detail))).toEqual([]);
    expect(error.message).toMatch(/^<yaml>:/);
    return error.message;
  }
}

test('whatever is done to a manifest, it comes out as a pod or as problems with their places', () => {
  fc.assert(
    fc.property(manifest, (text) => void refusalOf(text)),
    { numRuns: 2_000, seed: SEED },
  );
});

test('whatever is wrong with a manifest, its Secret is not shown', () => {
  const secret = 'apiVersion: v1\nkind: Secret\nmetadata: {name: database}\nstringData: {password: hunter2-hunter2}\n';
  fc.assert(
    fc.property(manifest, edit, (text, { at, insert }) => {
      const [from, to] = [secret.indexOf('{password'), secret.indexOf('hunter2')];
      const split = from + (at % (to - from));
      const torn = `${secret.slice(0, split)}${insert.replace(/\n|---/g, '')}${secret.slice(split)}`;
      expect(refusalOf(`${text}\n---\n${torn}`) ?? '').not.toContain('hunter2');
    }),
    { numRuns: 500, seed: SEED },
  );
});
