import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from '@jest/globals';
import { blocksIn, page, ROOT } from '../pages';

const SPECS = [
  'docs/tables/tenFailures',
  'unit/report/drawing/drawTimeline',
  'unit/report/summary/liveSummary',
  'unit/report/summary/timelineSnapshot',
];

const read = (file: string) => readFileSync(path.join(ROOT, file), 'utf8');

/** Returns a text without the quotes and escapes that a spec writes around its lines. */
function plain(text: string): string {
  return text.replaceAll(/^ *'(.*?)(?: !)?',$/gm, '$1').replaceAll('\\`', '`');
}

test('docs/reading.md quotes the specs word for word', () => {
  const shown = blocksIn(page('docs/reading.md'), 'text');
  const asserted = SPECS.map((name) => plain(read(`specs/${name}.spec.ts`)));
  expect(shown.map((block) => asserted.findIndex((spec) => spec.includes(block)))).toEqual([0, 1, 2, 3]);
});
