import { expect, test } from '@jest/globals';
import { refuseOldNode } from '../../../../src/pod/live/nodeVersion';

test.each(['22.22.0', '22.23.1', '24.0.0'])('runs pods with Node %s', (version) => {
  expect(() => refuseOldNode(version)).not.toThrow();
});

test('names the required version of Node.js if the current one is too old', () => {
  expect(() => refuseOldNode('20.20.2')).toThrow('Node: version 20.20.2 is too old. Install Node 22.22 or later');
});
