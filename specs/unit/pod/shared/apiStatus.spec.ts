import { expect, test } from '@jest/globals';
import type { Instant } from '../../../../src/clock/instant';
import { apiStatus } from '../../../../src/pod/shared/apiStatus';
import type { PodStatus } from '../../../../src/timeline/podStatus';

const createdAtMs = Date.UTC(2026, 0, 2, 3, 4, 5);
const at = (ms: number) => ms as Instant;

test('formats times like Kubernetes, in whole seconds', () => {
  const status: PodStatus = {
    phase: 'Running',
    podIP: '10.0.0.5',
    startTime: at(0),
    conditions: [{ type: 'Ready', status: 'True', lastTransitionTime: at(2_000) }],
    initContainerStatuses: [],
    containerStatuses: [
      {
        name: 'web',
        image: 'shop/web:1',
        ready: true,
        restartCount: 1,
        state: { running: { startedAt: at(61_999) } },
        lastState: { terminated: { exitCode: 1, reason: 'Error', startedAt: at(1_000), finishedAt: at(60_000) } },
      },
    ],
  };
  expect(apiStatus(status, createdAtMs)).toEqual({
    phase: 'Running',
    podIP: '10.0.0.5',
    podIPs: [{ ip: '10.0.0.5' }],
    startTime: '2026-01-02T03:04:05Z',
    conditions: [{ type: 'Ready', status: 'True', lastTransitionTime: '2026-01-02T03:04:07Z' }],
    initContainerStatuses: [],
    containerStatuses: [
      {
        name: 'web',
        image: 'shop/web:1',
        ready: true,
        restartCount: 1,
        state: { running: { startedAt: '2026-01-02T03:05:06Z' } },
        lastState: {
          terminated: {
            exitCode: 1,
            reason: 'Error',
            startedAt: '2026-01-02T03:04:06Z',
            finishedAt: '2026-01-02T03:05:05Z',
          },
        },
      },
    ],
  });
});

test('omits unknown fields', () => {
  const waiting: PodStatus = { phase: 'Pending', conditions: [], initContainerStatuses: [], containerStatuses: [] };
  expect(apiStatus(waiting, createdAtMs)).toEqual(waiting);
});
