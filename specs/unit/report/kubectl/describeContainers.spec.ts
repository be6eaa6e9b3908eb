import { expect, test } from '@jest/globals';
import { describeContainers } from '../../../../src/report/kubectl/describeContainers';
import { web } from '../../matchers/replay';
import { container, running, s } from '../../timeline/events';

const CREATED_AT_MS = Date.UTC(2025, 0, 1, 12);
const numbers = {
  initialDelaySeconds: 3,
  timeoutSeconds: 1,
  periodSeconds: 3,
  successThreshold: 1,
  failureThreshold: 3,
};

test('prints a restarted container with its last exit and its probes', () => {
  const spec = web({
    ports: [{ containerPort: 8080, protocol: 'TCP' }],
    args: ['/server'],
    resources: { limits: { memory: '64Mi', cpu: '500m' } },
    livenessProbe: { ...numbers, httpGet: { path: '/healthz', port: 8080, scheme: 'HTTP' } },
  });
  const terminated = { exitCode: 137, reason: 'OOMKilled', startedAt: s(1), finishedAt: s(60) };
  const status = running({ ready: true, restartCount: 1, containerID: 'docker://c2', lastState: { terminated } });
  expect(describeContainers('Containers', [spec], [status], CREATED_AT_MS)).toEqual([
    'Containers:',
    '  web:',
    '    Container ID:  docker://c2',
    '    Image:         web:dev',
    '    Port:          8080/TCP',
    '    Host Port:     0/TCP',
    '    Args:',
    '      /server',
    '    State:          Running',
    '      Started:      Wed, 01 Jan 2025 12:00:01 +0000',
    '    Last State:     Terminated',
    '      Reason:       OOMKilled',
    '      Exit Code:    137',
    '      Started:      Wed, 01 Jan 2025 12:00:01 +0000',
    '      Finished:     Wed, 01 Jan 2025 12:01:00 +0000',
    '    Ready:          True',
    '    Restart Count:  1',
    '    Limits:',
    '      cpu:     500m',
    '      memory:  64Mi',
    '    Liveness:  http-get http://:8080/healthz delay=3s timeout=1s period=3s #success=1 #failure=3',
  ]);
});

test('omits the message of a waiting container', () => {
  const waiting = { reason: 'CrashLoopBackOff', message: 'back-off 10s restarting failed container=web' };
  expect(describeContainers('Containers', [web()], [container({ state: { waiting } })], CREATED_AT_MS)).toEqual([
    'Containers:',
    '  web:',
    '    Container ID:   ',
    '    Image:          web:dev',
    '    Port:           <none>',
    '    Host Port:      <none>',
    '    State:          Waiting',
    '      Reason:       CrashLoopBackOff',
    '    Ready:          False',
    '    Restart Count:  0',
  ]);
});
