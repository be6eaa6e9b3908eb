import { describe, expect, test } from '@jest/globals';
import 'jest-kubelet/jest-globals';
import { droppedNoRequests } from '../../src/assertions/traffic/droppedRequests';
import type { Event } from '../../src/timeline/event';
import { formatDetail } from '../../src/wording/facts/detail';
import { messageOf } from '../unit/matchers/messageOf';
import { replay } from '../unit/matchers/replay';
import { HEALTHZ, simulated } from '../unit/matchers/simulated';
import { exited, recorded, s, signalled, timelineOf } from '../unit/timeline/events';

const findReceived = (message: string) => message.split('\n').find((line) => line.startsWith('Received: '));

describe('the cause in a message', () => {
  test('names the init container that hangs, and no probe', async () => {
    const initContainers = [{ name: 'migrate', image: 'migrate:1' }];
    const pod = simulated({ readinessProbe: HEALTHZ }, {}, { initContainers });
    const message = await messageOf(() => expect(pod).toBecomeReady({ within: '30s' }));
    expect(findReceived(message)).toBe(
      'Received: pod not Ready after 30.0s: init container migrate is still running, and the pod waits for it',
    );
    expect(message).not.toMatch(/probe/);
  });

  test('names the postStart hook that has not finished', async () => {
    const lifecycle = { postStart: { exec: { command: ['warm'] } } };
    const pod = simulated({ lifecycle }, { web: [{ at: '0s', exec: { warm: { takes: '5m' } } }] });
    const message = await messageOf(() => expect(pod).toBecomeReady({ within: '30s' }));
    expect(message).toContain('the postStart hook of web has not finished');
  });

  test('names the startup probe that restarted the previous instance', async () => {
    const startupProbe = { ...HEALTHZ, periodSeconds: 5, failureThreshold: 2 };
    const pod = simulated({ startupProbe }, { web: [{ at: '0s', http: { 80: { '/healthz': 503 } } }] });
    await expect(pod).toRestart({ because: 'startup' });
    const message = await messageOf(() => expect(pod).toBecomeReady({ within: '2s' }));
    expect(message).toContain('the startup probe of web has no result yet. ');
    expect(message).toContain(
      'The previous instance was killed because its startup probe failed (HTTP probe failed with statuscode: 503)',
    );
  });

  test('names the liveness probe that restarted an app during its start', async () => {
    const livenessProbe = { ...HEALTHZ, periodSeconds: 5, failureThreshold: 2 };
    const pod = simulated({ livenessProbe }, { web: [{ at: '1m', http: { 80: { '/healthz': 200 } } }] });
    await expect(pod).toRestart({ because: 'liveness' });
    pod.advance('6s');
    const message = await messageOf(() => expect(pod).not.toHaveRestartCount(1));
    expect(message).toContain('The liveness probe killed web before it succeeded once');
    expect(message).not.toContain('127.0.0.1');
  });

  test('names the user that must not be root, and no ConfigMap', async () => {
    const waiting = {
      reason: 'CreateContainerConfigError',
      message: 'container has runAsNonRoot and image will run as root (pod: "shop")',
    };
    const status = { phase: 'Pending' as const, conditions: [], initContainerStatuses: [] };
    const web = { name: 'web', state: { waiting }, lastState: {}, ready: false, restartCount: 0, image: 'web:dev' };
    const published: Event = {
      at: s(1),
      source: 'status',
      kind: 'StatusPublished',
      status: { ...status, containerStatuses: [web] },
    };
    const failed = recorded(1, 'Failed', `Error: ${waiting.message}`, {
      type: 'Warning',
      failure: { kind: 'runAsNonRoot' },
    });
    const message = await messageOf(() => expect(replay({ past: [failed, published] })).toBecomeReady());
    expect(message).toContain(
      'Set securityContext.runAsUser to a number above 0, or set USER in the Dockerfile of the image.',
    );
    expect(message).not.toContain('configMaps');
  });

  test('names the exit during a request, and not the endpoints', async () => {
    const request = { kind: 'RequestFinished', port: 8080, path: '/', sentAt: s(4.8), failure: 'reset' } as const;
    const cut: Event = { at: s(5.05), source: 'runtime', ...request };
    const life = [signalled(5, 'SIGTERM', 30_000), exited(5.05, 143), cut];
    expect(droppedNoRequests(timelineOf(...life), 0).details?.map(formatDetail)).toEqual([
      'GET / reset: sent 0.20s before SIGTERM, ended 0.05s after it, in flight',
    ]);
    const pod = replay({ past: life, ends: true });
    const message = await messageOf(() => expect(pod).toDropNoRequests({ for: '1s' } as never));
    expect(message).toContain('The request was in flight when SIGTERM came');
    expect(message).not.toContain('Nothing orders the removal');
  });
});
