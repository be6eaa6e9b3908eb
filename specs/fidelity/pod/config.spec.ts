import { expect, test } from '@jest/globals';
import { becameReady } from '../../../src/assertions/status/ready';
import { simulatePod } from '../../../src/pod/simulated/simulatePod';

import { START } from '../../../src/timeline/since';
import { formatFix } from '../../../src/wording/facts/fix';
import { formatReason } from '../../../src/wording/facts/reason';

const pod = (container: object, spec: object = {}) => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name: 'web' },
  spec: { containers: [{ name: 'web', image: 'web:1', ...container }], ...spec },
});
const mounting = pod(
  { volumeMounts: [{ name: 'settings', mountPath: '/etc/web' }] },
  { volumes: [{ name: 'settings', configMap: { name: 'web' } }] },
);
const env = [{ name: 'PASSWORD', valueFrom: { secretKeyRef: { name: 'database', key: 'password' } } }];

test('a container waits for a missing Secret, and names it', () => {
  const simulated = simulatePod(pod({ env }));
  simulated.advance('15s');
  expect(simulated.status).toMatchObject({
    phase: 'Pending',
    containerStatuses: [
      { state: { waiting: { reason: 'CreateContainerConfigError', message: 'secret "database" not found' } } },
    ],
  });
  expect(simulated.events.at(-1)).toMatchObject({
    kind: 'Failed',
    type: 'Warning',
    message: 'Error: secret "database" not found',
  });
});

test('a container starts if the test provides its Secret', () => {
  const simulated = simulatePod(pod({ env }), {}, { secrets: { database: { password: 'hunter2' } } });
  simulated.advance('5s');
  expect(simulated.status.phase).toBe('Running');
});

test('a pod with a missing ConfigMap volume stays in ContainerCreating', () => {
  const simulated = simulatePod(mounting, {}, { kubernetesVersion: '1.36' });
  simulated.advance('3s');
  expect(simulated.status.containerStatuses[0]?.state).toEqual({ waiting: { reason: 'ContainerCreating' } });
  expect(simulated.timeline.of('SandboxStarted')).toEqual([]);
  expect(simulated.timeline.of('FailedMount').length).toBeGreaterThan(1);
  expect(simulated.timeline.of('FailedMount')[0]).toMatchObject({
    type: 'Warning',
    message: 'MountVolume.SetUp failed for volume "settings" : configmap "web" not found',
  });
});

test.each([
  [pod({ env }), `secrets: { name: { key: 'value' } }`, 'web cannot be created: secret "database" not found'],
  [
    mounting,
    `configMaps: { name: { key: 'value' } }`,
    'MountVolume.SetUp failed for volume "settings" : configmap "web" not found',
  ],
])('a wait ends immediately if configuration is missing, with a fix', (source, advice, why) => {
  const simulated = simulatePod(source);
  simulated.advance('15s');
  const { outcome, reason, fix } = becameReady(simulated.timeline, START);
  expect(outcome).toBe('failed');
  expect(reason && formatReason(reason)).toBe(why);
  expect(fix && formatFix(fix)).toContain(advice);
});
