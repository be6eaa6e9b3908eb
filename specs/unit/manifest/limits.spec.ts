import { expect, test } from '@jest/globals';
import {
  DOCUMENTS_MAX,
  EXPANDED_BYTES_MAX,
  FILE_BYTES_MAX,
  LEXEMES_MAX,
  LINES_MAX,
  OBJECT_CHARACTERS_MAX,
  PROCESS_BYTES_MAX,
} from '../../../src/manifest/limits';
import { page } from '../../docs/pages';

test('docs/manifests.md lists the limits', () => {
  const [lines, documents, lexemes] = [LINES_MAX, DOCUMENTS_MAX, LEXEMES_MAX].map((count) =>
    count.toLocaleString('en'),
  );
  const { text } = page('docs/manifests.md');
  expect(text).toContain(
    `${FILE_BYTES_MAX / 1_048_576} MB, ${lines} lines, ${documents} documents, ${lexemes} YAML tokens`,
  );
  expect(text).toContain(`| an object | ${OBJECT_CHARACTERS_MAX / 1_048_576} MB`);
  expect(text).toContain(`with its references expanded | ${EXPANDED_BYTES_MAX / 1_024} KiB`);
  expect(text).toContain(`all variables and arguments of a container | ${PROCESS_BYTES_MAX / 1_048_576} MiB`);
});
