import { expect, test } from '@jest/globals';
import { computePodQOS } from '../../src/kubelet/qos';

const small = { cpu: '100m', memory: '100Mi' };
const pod = (...resources: readonly object[]) => ({ spec: { containers: resources.map((of) => ({ resources: of })) } });

test('is Guaranteed when every container requests exactly its limits', () => {
  expect(computePodQOS(pod({ requests: small, limits: small }))).toBe('Guaranteed');
});

test('compares amounts, not the way they are written', () => {
  expect(
    computePodQOS(pod({ requests: { cpu: '1', memory: '1Gi' }, limits: { cpu: '1000m', memory: '1024Mi' } })),
  ).toBe('Guaranteed');
});

test('is BestEffort when nothing is asked for', () => {
  expect(computePodQOS(pod({}, { requests: { cpu: '0' } }))).toBe('BestEffort');
});

test('is Burstable when one container sets no limits', () => {
  expect(computePodQOS(pod({ requests: small, limits: small }, {}))).toBe('Burstable');
});

test('goes by the resources of the pod itself where they are supported', () => {
  const podLevel = {
    spec: { resources: { requests: small, limits: small }, containers: [{ resources: { requests: { cpu: '10m' } } }] },
  };
  expect(computePodQOS(podLevel)).toBe('Guaranteed');
  expect(computePodQOS(podLevel, { podLevelResources: false })).toBe('Burstable');
});
