import { expect, test } from '@jest/globals';
import { behaviorOf } from '../../../../src/kubelet/behavior/behaviorOf';
import { computePodQOS, type QOSPod } from '../../../../src/kubelet/scheduler/qos';

const qosOf = (of: QOSPod, gates = {}, version = '1.36') => computePodQOS(of, behaviorOf(version, gates));

const small = { cpu: '100m', memory: '100Mi' };
const pod = (...resources: readonly object[]) => ({ spec: { containers: resources.map((of) => ({ resources: of })) } });

test('returns Guaranteed if requests equal limits in every container', () => {
  expect(qosOf(pod({ requests: small, limits: small }))).toBe('Guaranteed');
});

test('compares amounts, not their notation', () => {
  expect(qosOf(pod({ requests: { cpu: '1', memory: '1Gi' }, limits: { cpu: '1000m', memory: '1024Mi' } }))).toBe(
    'Guaranteed',
  );
});

test('returns BestEffort without requests and limits', () => {
  expect(qosOf(pod({}, { requests: { cpu: '0' } }))).toBe('BestEffort');
});

test('returns Burstable if a container sets no limits', () => {
  expect(qosOf(pod({ requests: small, limits: small }, {}))).toBe('Burstable');
});

test('uses the resources of the pod in versions that support them', () => {
  const podLevel = {
    spec: { resources: { requests: small, limits: small }, containers: [{ resources: { requests: { cpu: '10m' } } }] },
  };
  expect(qosOf(podLevel)).toBe('Guaranteed');
  expect(qosOf(podLevel, { PodLevelResources: false })).toBe('Burstable');
});

test('uses the resources of the containers if those of the pod are empty since 1.37', () => {
  const empty = { spec: { ...pod({ requests: small, limits: small }).spec, resources: {} } };
  expect(qosOf(empty, {}, '1.36')).toBe('BestEffort');
  expect(qosOf(empty, {}, '1.37')).toBe('Guaranteed');
});

test('joins the classes of all containers since 1.37', () => {
  const uneven = pod(
    { requests: { cpu: '1', memory: '1Gi' }, limits: { cpu: '2', memory: '2Gi' } },
    { requests: { cpu: '2', memory: '2Gi' }, limits: { cpu: '1', memory: '1Gi' } },
  );
  expect(qosOf(uneven, {}, '1.36')).toBe('Guaranteed');
  expect(qosOf(uneven, {}, '1.37')).toBe('Burstable');
  expect(qosOf(pod({}, {}), {}, '1.37')).toBe('BestEffort');
});
