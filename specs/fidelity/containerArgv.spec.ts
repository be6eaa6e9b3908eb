import { expect, test } from '@jest/globals';
import { argvOf } from './containerArgv';

const image = { entrypoint: ['/agnhost'], cmd: ['pause'] };

test('runs what the image says when the manifest says nothing', () => {
  expect(argvOf(image, {})).toEqual(['/agnhost', 'pause']);
});

test('keeps the entrypoint of the image when only args are given', () => {
  expect(argvOf(image, { args: ['serve'] })).toEqual(['/agnhost', 'serve']);
});

test('drops the cmd of the image together with its entrypoint', () => {
  expect(argvOf(image, { command: ['/other'] })).toEqual(['/other']);
});

test('takes an empty command for none', () => {
  expect(argvOf(image, { command: [], args: [] })).toEqual(['/agnhost', 'pause']);
});

test('has nothing to run when nobody names a command', () => {
  expect(argvOf({}, {})).toEqual([]);
});
