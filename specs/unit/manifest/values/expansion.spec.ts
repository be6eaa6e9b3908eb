import { expect, test } from '@jest/globals';
import { expand, staticEnv } from '../../../../src/manifest/values/expansion';

const env = { PORT: '8080', EMPTY: '', PRICE: '$(PORT)' };

test.each([
  ['$(PORT)', '8080'],
  ['http://localhost:$(PORT)/$(EMPTY)', 'http://localhost:8080/'],
  ['$(MISSING)', '$(MISSING)'],
  ['$$(PORT)', '$(PORT)'],
  ['$$$(PORT)', '$8080'],
  ['$$$$(PORT)', '$$(PORT)'],
  ['$PORT %PORT%', '$PORT %PORT%'],
  ['$(PORT', '$(PORT'],
  ['$(PORT$(PORT)', '$(PORT$(PORT)'],
  ['$()', '$()'],
  ['costs 5$', 'costs 5$'],
  ['$(toString)', '$(toString)'],
])('expands %s to %s', (argument, expanded) => {
  expect(expand([argument], env)).toEqual([expanded]);
});

test('expands a value only once', () => {
  expect(expand(['$(PRICE)'], env)).toEqual(['$(PORT)']);
});

test('expands in an exec probe only variables with a value in the manifest', () => {
  const written = [
    { name: 'PORT', value: '8080' },
    { name: 'POD_IP', valueFrom: { fieldRef: { fieldPath: 'status.podIP' } } },
  ];
  expect(expand(['curl', '$(PORT)', '$(POD_IP)', '$(HOME)'], staticEnv(written))).toEqual([
    'curl',
    '8080',
    '',
    '$(HOME)',
  ]);
});
