import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { ManifestError } from '../../src/manifest/error';
import { loadPod } from '../../src/manifest/loadPod';

const EXAMPLES = ['liveness-http', 'liveness-exec'].map((name) =>
  readFileSync(path.join(__dirname, `../../examples/${name}/pod.yaml`), 'utf8'),
);
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

test('whatever is done to a manifest, it comes out as a pod or as problems with their places', () => {
  fc.assert(
    fc.property(manifest, (text) => {
      try {
        expect(loadPod(`${text}\n`).spec.containers.length).toBeGreaterThan(0);
      } catch (error) {
        if (!(error instanceof ManifestError)) throw error;
        expect(error.problems.length).toBeGreaterThan(0);
        expect(error.message).toMatch(/^<yaml>:/);
      }
    }),
    { numRuns: 500 },
  );
});
