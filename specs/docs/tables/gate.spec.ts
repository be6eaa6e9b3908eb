import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from '@jest/globals';
import { FAULTS as EXPERIMENTS } from '../../../src/gate/experiments/catalog';
import { CHECK_IDS } from '../../../src/gate/model/checks';
import { CAUSES } from '../../../src/wording/causes';
import { FAULT_TEXTS } from '../../../src/wording/gate/faults';
import { FAULTS } from '../../gate/faults/faults';

const PAGE = readFileSync(path.join(__dirname, '../../../docs/gate.md'), 'utf8');
const section = (title: string) => PAGE.split(`\n## ${title}\n`)[1]?.split('\n## ')[0] ?? '';

test('docs/gate.md has a section for each check', () => {
  expect([...section('Checks').matchAll(/^### `(.*)`$/gm)].map(([, id]) => id)).toEqual(CHECK_IDS);
});

test('docs/gate.md lists each cause', () => {
  const rows = [...section('Causes').matchAll(/^\| `(.*)` \| (.*) \|$/gm)].map(([, id, means]) => [id, means]);
  expect(rows).toEqual(Object.entries(CAUSES));
});

test('docs/gate.md describes each fault of the matrix', () => {
  const rows = [...section('Faults and probes').matchAll(/^\| .* \|$/gm)].map(([row]) => row);
  const rowOf = ({ name, how, reaction }: (typeof FAULT_TEXTS)['hang']) => `| ${name} | ${how} | ${reaction} |`;
  expect(rows.slice(2)).toEqual(EXPERIMENTS.map(({ fault }) => rowOf(FAULT_TEXTS[fault])));
});

test('docs/gate.md lists each planted fault with the checks that detect it', () => {
  const rows = [...section('Planted faults').matchAll(/^\| (it[^|]*|a shell[^|]*) \| ([^|]*) \|/gm)];
  expect(rows.map(([, fault, caughtBy]) => [fault, caughtBy])).toEqual(
    FAULTS.map(({ name, caughtBy }) => [name, caughtBy.map((check) => `\`${check}\``).join(', ')]),
  );
});
