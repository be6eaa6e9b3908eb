import { expect, test } from '@jest/globals';
import { argvOf } from './containerArgv';

const image = { entrypoint: ['/agnhost'], cmd: ['pause'] };

test('runs the command of the image if the manifest sets none', () => {
  expect(argvOf(image, {})).toEqual(['/agnhost', 'pause']);
});

test('keeps the entrypoint of the image if the manifest only sets args', () => {
  expect(argvOf(image, { args: ['serve'] })).toEqual(['/agnhost', 'serve']);
});

test('replaces the entrypoint and the cmd of the image if the manifest sets command', () => {
  expect(argvOf(image, { command: ['/other'] })).toEqual(['/other']);
});

test('ignores an empty command', () => {
  expect(argvOf(image, { command: [], args: [] })).toEqual(['/agnhost', 'pause']);
});

test('returns an empty command if neither the image nor the manifest sets one', () => {
  expect(argvOf({}, {})).toEqual([]);
});
