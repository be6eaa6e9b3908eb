import { execFileSync } from 'node:child_process';
import path from 'node:path';
import { expect, test } from '@jest/globals';
import BOUNDS from '../../../scripts/house/bounds.json';

const SCRIPT = path.join(__dirname, '../../../scripts/house.mjs');

// A better figure lowers its bound in bounds.json, and a worse figure fails. The number of lines is only reported.
test('keeps each figure of the code within its bound', () => {
  const figures = JSON.parse(execFileSync(process.execPath, [SCRIPT, '--json'], { encoding: 'utf8' }));
  expect(Object.keys(figures).toSorted()).toEqual([...Object.keys(BOUNDS), 'lines'].toSorted());
  const worse = Object.entries(BOUNDS).filter(([name, bound]) => !(figures[name] <= bound));
  expect(worse.map(([name, bound]) => `${name}: ${figures[name]}, bound ${bound}`)).toEqual([]);
});
