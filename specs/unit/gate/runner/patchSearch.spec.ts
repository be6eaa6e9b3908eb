import { describe, expect, test } from '@jest/globals';
import { unavailableImage } from '../../../../src/gate/runner/session/unavailableImage';
import type { ScriptEntry } from '../../../../src/runtime/scripted/script';
import { recorded, timelineOf } from '../../timeline/events';
import { failures, gate, httpGet, pod } from '../gateOf';

describe('patch search', () => {
  test('stops after 2m, and records the limit in the result', async () => {
    // Clients keep sending for longer than any sleep that is tried, so each trial takes the whole time.
    const app = { web: [{ at: '0s', http: { '8080': { '/healthz': 200 } }, onTerm: { exitAfter: '0s', code: 0 } }] };
    const subject = { endpointRemovalDelay: '30s' as const };
    const [failure] = await failures('drains', { spec: pod({ lifecycle: undefined }), app, subject });
    expect(failure).toMatchObject({ outcome: 'failed', searchLimitMs: 120_000 });
    expect(failure).not.toHaveProperty('patch');
  });

  test('excludes its time from the time of the check', async () => {
    const app = { web: [{ at: '9s', http: { '8080': { '/healthz': 200 } } }] };
    const startupProbe = { httpGet, periodSeconds: 2, failureThreshold: 3 };
    const { results } = await gate({ spec: pod({ startupProbe }), app, checks: ['ready-in-budget'] });
    expect(results[0]?.answers[0]).toMatchObject({ outcome: 'failed', patch: { value: 7 } });
    expect(results[0]?.answers[0]?.spentMs).toBeLessThanOrEqual(10_000);
  });
});

describe('patch search for more time', () => {
  /** Returns the number of pods that the gate starts: the failing one and those of a search. */
  async function started(behavior: Omit<ScriptEntry, 'at'>, probe: object = { httpGet }): Promise<number> {
    const startupProbe = { ...probe, periodSeconds: 2, failureThreshold: 3 };
    const spec = pod({ startupProbe, livenessProbe: undefined });
    return (await gate({ spec, app: { web: [{ at: '0s', ...behavior }] }, checks: ['ready-in-budget'] })).started;
  }
  const status = (code: number) => ({ http: { '8080': { '/healthz': code } } });
  const exec = { exec: { command: ['check'] } };

  test('starts no pod if more time does not change the cause', async () => {
    expect(await Promise.all([401, 403, 404].map((code) => started(status(code))))).toEqual([1, 1, 1]);
    expect(await started({ grpc: { '8080': { '': 'SERVING' } } }, { grpc: { port: 8080, service: 'shop' } })).toBe(1);
    expect(await started({ exec: { check: { code: 127, stderr: 'sh: check: not found' } } }, exec)).toBe(1);
    expect(await started({ exit: 1 })).toBe(1);
  });

  test('measures a start that may only need more time', async () => {
    expect(await started({})).toBe(2);
    expect(await started(status(503))).toBe(2);
    expect(await started({ exec: { check: { code: 1, stderr: 'cat: ready: No such file or directory' } } }, exec)).toBe(
      2,
    );
  });
});

describe('unavailableImage', () => {
  const failed = (at: number, container = 'web') => {
    const message = 'Failed to pull image "shop:2": dial tcp: lookup registry.example.com: no such host';
    return recorded(at, 'Failed', message, { type: 'Warning', container, failed: 'pull' });
  };

  test('gives up after a second failed pull, and advises --image', () => {
    expect(unavailableImage(timelineOf(failed(1)))).toBeUndefined();
    expect(unavailableImage(timelineOf(failed(1), failed(12)))).toEqual({
      kind: 'imageUnavailable',
      container: 'web',
      message: expect.stringMatching(/no such host$/),
    });
  });

  test('counts pulls per container', () => {
    expect(unavailableImage(timelineOf(failed(1), failed(2, 'proxy')))).toBeUndefined();
  });
});
