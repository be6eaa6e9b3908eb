import { expect, test } from '@jest/globals';
import { signalName } from '../../../../../src/runtime/docker/containers/signalName';

test.each([
  ['SIGQUIT', 'SIGQUIT'],
  ['QUIT', 'SIGQUIT'],
  ['3', 'SIGQUIT'],
  ['sigterm', 'SIGTERM'],
  ['SIGRTMIN+3', 'SIGRTMIN+3'],
  ['37', '37'],
])('signalName turns %s into %s', (written, name) => {
  expect(signalName(written)).toBe(name);
});
