import { describe, expect, test } from '@jest/globals';
import { DOCUMENTS_MAX, LEXEMES_MAX, LINES_MAX, OBJECT_CHARACTERS_MAX } from '../../../../../src/manifest/limits';
import { cutIntoPieces } from '../../../../../src/manifest/source/yaml/pieces';

const cut = (text: string) => cutIntoPieces(text, 'k8s.yaml').map(({ text, linesBefore }) => [text, linesBefore]);

describe('cutIntoPieces', () => {
  test('cuts before each document marker, and counts the lines before', () => {
    expect(cut('a: 1\nb: 2\n---\nc: 3\n--- # last\nd: 4\n')).toEqual([
      ['a: 1\nb: 2\n', 0],
      ['---\nc: 3\n', 2],
      ['--- # last\nd: 4\n', 4],
    ]);
  });

  test('cuts only at a marker that starts a line and stands alone', () => {
    expect(cut('a: |\n  ---\n---b: 1\n')).toHaveLength(1);
  });

  test('keeps comments and directives with the next document', () => {
    expect(cut('# The shop.\n\n%YAML 1.1\n---\na: 1\n')).toEqual([['# The shop.\n\n%YAML 1.1\n---\na: 1\n', 0]]);
  });

  test('cuts lines with Windows line endings', () => {
    expect(cut('a: 1\r\n---\r\nb: 2\r\n')).toEqual([
      ['a: 1\r\n', 0],
      ['---\r\nb: 2\r\n', 1],
    ]);
  });

  test('skips custom resource definitions, and counts their lines', () => {
    const definition = 'apiVersion: apiextensions.k8s.io/v1\nkind: CustomResourceDefinition\n';
    expect(cut(`${definition}---\na: 1\n`)).toEqual([['---\na: 1\n', 2]]);
    expect(cut(`spec:\n  kind: CustomResourceDefinition\n`)).toHaveLength(1);
  });

  test('accepts a custom resource definition that is larger than an object may be', () => {
    const definition = `kind: CustomResourceDefinition\nx: "${'x'.repeat(OBJECT_CHARACTERS_MAX)}"\n`;
    expect(cut(`${definition}---\na: 1\n`)).toHaveLength(1);
  });

  test.each<[string, string, string]>([
    ['NUL bytes', 'a: \0', 'not text: it contains NUL bytes'],
    ['too many lines', '\n'.repeat(LINES_MAX + 1), 'must have at most 1,000,000 lines'],
    ['too many documents', '\n---'.repeat(DOCUMENTS_MAX + 1), 'must have at most 10,000 documents'],
    [
      'a large object',
      'x'.repeat(OBJECT_CHARACTERS_MAX + 1),
      'an object has 1.5 MB of YAML, but Kubernetes stores at most',
    ],
    ['too many words', `[${'[,'.repeat(LEXEMES_MAX / 2)}`, 'must have at most 250,000 YAML tokens'],
  ])('rejects %s', (_, text, message) => {
    expect(() => cut(text)).toThrow(
      expect.objectContaining({ name: 'ManifestError', message: expect.stringContaining(`k8s.yaml: ${message}`) }),
    );
  });

  test('accepts as many documents and characters as the limits allow', () => {
    expect(cut('\n---'.repeat(DOCUMENTS_MAX))).toHaveLength(DOCUMENTS_MAX);
    expect(cut(`"${'x'.repeat(OBJECT_CHARACTERS_MAX - 2)}"`)).toHaveLength(1);
  });
});
