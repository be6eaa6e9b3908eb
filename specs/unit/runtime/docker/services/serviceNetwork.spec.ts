import { expect, test } from '@jest/globals';
import { computeAddress } from '../../../../../src/runtime/docker/services/serviceNetwork';

test.each([
  ['172.18.0.0/16', 1, '172.18.0.1'],
  ['172.18.0.0/16', 300, '172.18.1.44'],
  ['192.168.240.0/20', 255, '192.168.240.255'],
  ['192.168.240.0/20', 256, '192.168.241.0'],
])('computeAddress counts addresses in %s: the %dth is %s', (subnet, number, address) => {
  expect(computeAddress(subnet, number)).toBe(address);
});
