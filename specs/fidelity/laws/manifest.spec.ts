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
// The seed of the first run. Set FUZZ_SEED to repeat a failure.
const SEED = Number(process.env.FUZZ_SEED ?? Date.now() % 2 ** 31);
/** Errors about the whole input, which have no position. */
const OF_ALL =
  /^(contains no (objects|workload)|not text|unknown workload|the manifest has \d+ workloads|some workloads|must have at most|its aliases)/;
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

/** Returns the error of a rejected manifest, or undefined. */
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

test('a mutated manifest becomes a pod, or errors with their positions', () => {
  fc.assert(
    fc.property(manifest, (text) => void refusalOf(text)),
    { numRuns: 2_000, seed: SEED },
  );
});

test('errors of a mutated manifest never show its Secret', () => {
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
