import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from '@jest/globals';
import { BLOCKED_FIELDS, IGNORED_FIELDS, SUPPORTED_FIELDS } from '../../../src/manifest/admission/fields';

const PAGE = readFileSync(path.join(__dirname, '../../../docs/manifests.md'), 'utf8');

const onPage = (field: string) =>
  field.replace(/(liveness|readiness|startup)Probe/, '*Probe').replace(/lifecycle\.(postStart|preStop)/, 'lifecycle.*');
const unique = (fields: readonly string[]) => [...new Set(fields)];
const listUnder = (heading: string) =>
  [...(PAGE.split(/^### /m).find((part) => part.startsWith(`${heading}\n`)) ?? '').matchAll(/^- `(.+?)`(.*)$/gm)].map(
    ([, field, rest]) => `${field}${rest}`,
  );

test('docs/manifests.md lists each supported field', () => {
  expect(listUnder('Supported fields')).toEqual(unique(SUPPORTED_FIELDS.map(onPage)));
});

test('docs/manifests.md lists each blocked field and the option that allows it', () => {
  expect(listUnder('Blocked fields')).toEqual(
    unique(BLOCKED_FIELDS.map(({ field, allow }) => `${onPage(field)}: \`allow: ['${allow}']\``)),
  );
});

test('docs/manifests.md lists each ignored field and the value without an effect', () => {
  expect(listUnder('Ignored fields')).toEqual(
    IGNORED_FIELDS.map(({ field, anyhow }) =>
      anyhow === undefined ? field : `${field}, unless it is \`${JSON.stringify(anyhow)}\``,
    ),
  );
});
