import { expect, test } from '@jest/globals';
import { behaviorOf } from '../../../../src/kubelet/behavior/behaviorOf';
import { computePodQOS, type QOSPod } from '../../../../src/kubelet/scheduler/qos';

const qosOf = (of: QOSPod, gates = {}, version = '1.36') => computePodQOS(of, behaviorOf(version, gates));

const small = { cpu: '100m', memory: '100Mi' };
const pod = (...resources: readonly object[]) => ({ spec: { containers: resources.map((of) => ({ resources: of })) } });

test('is Guaranteed when every container requests exactly its limits', () => {
  expect(qosOf(pod({ requests: small, limits: small }))).toBe('Guaranteed');
});

test('compares amounts, not the way they are written', () => {
  expect(qosOf(pod({ requests: { cpu: '1', memory: '1Gi' }, limits: { cpu: '1000m', memory: '1024Mi' } }))).toBe(
    'Guaranteed',
  );
});

test('is BestEffort when nothing is asked for', () => {
  expect(qosOf(pod({}, { requests: { cpu: '0' } }))).toBe('BestEffort');
});

test('is Burstable when one container sets no limits', () => {
  expect(qosOf(pod({ requests: small, limits: small }, {}))).toBe('Burstable');
});

test('goes by the resources of the pod itself where they are supported', () => {
  const podLevel = {
    spec: { resources: { requests: small, limits: small }, containers: [{ resources: { requests: { cpu: '10m' } } }] },
  };
  expect(qosOf(podLevel)).toBe('Guaranteed');
  expect(qosOf(podLevel, { PodLevelResources: false })).toBe('Burstable');
});

test('takes the classes of the containers for an empty resources of the pod since 1.37', () => {
  const empty = { spec: { ...pod({ requests: small, limits: small }).spec, resources: {} } };
  expect(qosOf(empty, {}, '1.36')).toBe('BestEffort');
  expect(qosOf(empty, {}, '1.37')).toBe('Guaranteed');
});

test('joins the classes of the containers since 1.37', () => {
  const uneven = pod(
    { requests: { cpu: '1', memory: '1Gi' }, limits: { cpu: '2', memory: '2Gi' } },
    { requests: { cpu: '2', memory: '2Gi' }, limits: { cpu: '1', memory: '1Gi' } },
  );
  expect(qosOf(uneven, {}, '1.36')).toBe('Guaranteed');
  expect(qosOf(uneven, {}, '1.37')).toBe('Burstable');
  expect(qosOf(pod({}, {}), {}, '1.37')).toBe('BestEffort');
});
