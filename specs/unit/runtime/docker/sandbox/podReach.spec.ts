import { expect, test } from '@jest/globals';
import type { Engine } from '../../../../../src/runtime/docker/engine/engine';
import { interfaceToward, podReach } from '../../../../../src/runtime/docker/sandbox/podReach';

const INTERFACES = [
  { address: '127.0.0.1', cidr: '127.0.0.1/8' },
  { address: '192.168.1.7', cidr: '192.168.1.7/24' },
  { address: '172.17.0.1', cidr: '172.17.0.1/16' },
  { address: '10.8.0.1', cidr: null },
];

test('interfaceToward returns the interface whose network contains the IP', () => {
  expect(interfaceToward('172.17.200.3', INTERFACES)).toMatchObject({ address: '172.17.0.1' });
  expect(interfaceToward('192.168.1.9', INTERFACES)).toMatchObject({ address: '192.168.1.7' });
});

test('interfaceToward returns undefined if two networks contain the IP', () => {
  const both = [...INTERFACES, { address: '172.17.9.9', cidr: '172.17.9.9/24' }];
  expect(interfaceToward('172.17.9.3', both)).toBeUndefined();
});

test('interfaceToward returns undefined for other IPs', () => {
  expect(interfaceToward('172.18.0.2', INTERFACES)).toBeUndefined();
  expect(interfaceToward('10.8.0.2', INTERFACES)).toBeUndefined();
  expect(interfaceToward('', INTERFACES)).toBeUndefined();
  expect(interfaceToward('fd00::2', INTERFACES)).toBeUndefined();
});

test.each([
  ['direct', true],
  ['inside', false],
])('JEST_KUBELET_DIAL=%s decides for a foreign network without an engine request', async (wanted, isDirect) => {
  const reach = podReach({} as Engine, wanted);
  expect(await reach.isDirect('abc', { podIP: '203.0.113.2', hostIP: '203.0.113.1', networkId: 'net', pid: 1 })).toBe(
    isDirect,
  );
});

test('JEST_KUBELET_DIAL accepts only direct and inside', () => {
  expect(() => podReach({} as Engine, 'outside')).toThrow(
    'JEST_KUBELET_DIAL: must be "direct" or "inside", received "outside"',
  );
});

test('podReach repeats a failed request to the engine', async () => {
  const network = { podIP: '127.0.0.2', hostIP: '127.0.0.9', networkId: 'net', pid: 1 };
  const answers = [() => Promise.reject(new Error('no answer')), () => Promise.resolve({ Containers: {} })];
  const docker = { getNetwork: () => ({ inspect: () => answers.shift()?.() }) };
  const reach = podReach({ docker } as unknown as Engine, '');
  await expect(reach.isDirect('abc', network)).rejects.toThrow('no answer');
  expect(await reach.isDirect('abc', network)).toBe(false);
  expect(await reach.isDirect('abc', network)).toBe(false);
  expect(answers).toEqual([]);
});
