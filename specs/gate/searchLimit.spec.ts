import { describe, expect, test } from '@jest/globals';
import { unreachableImage } from '../../src/gate/runner/unreachableImage';
import { recorded, timelineOf } from '../timeline/events';
import { failures, gate, httpGet, pod } from './gateOf';

describe('the search for a change', () => {
  test('ends after a time of its own, and the result says so', async () => {
    // Clients come for longer than any sleep that is tried, so each try takes that long.
    const app = { web: [{ at: '0s', http: { '8080': { '/healthz': 200 } }, onTerm: { exitAfter: '0s', code: 0 } }] };
    const subject = { endpointRemovalDelay: '30s' as const };
    const [failure] = await failures('drains', { spec: pod({ lifecycle: undefined }), app, subject });
    expect(failure).toMatchObject({ outcome: 'failed', note: 'no change was found in 2 m of trying' });
    expect(failure).not.toHaveProperty('patch');
  });

  test('does not lengthen the time of the check itself', async () => {
    const app = { web: [{ at: '9s', http: { '8080': { '/healthz': 200 } } }] };
    const startupProbe = { httpGet, periodSeconds: 2, failureThreshold: 3 };
    const { results } = await gate({ spec: pod({ startupProbe }), app, checks: ['ready-in-budget'] });
    expect(results[0]?.answers[0]).toMatchObject({ outcome: 'failed', patch: { value: 7 } });
    expect(results[0]?.answers[0]?.spentMs).toBeLessThanOrEqual(10_000);
  });
});

describe('unreachableImage', () => {
  const failed = (at: number, container = 'web') => {
    const message = 'Failed to pull image "shop:2": dial tcp: lookup registry.example.com: no such host';
    return recorded(at, 'Failed', message, { type: 'Warning', container });
  };

  test('gives up after a second failed pull, and names the option', () => {
    expect(unreachableImage(timelineOf(failed(1)))).toBeUndefined();
    expect(unreachableImage(timelineOf(failed(1), failed(12)))).toMatch(
      /^the image of web cannot be pulled: .*no such host\. Pass --image web=REF with an image that is on this machine/,
    );
  });

  test('counts each container by itself', () => {
    expect(unreachableImage(timelineOf(failed(1), failed(2, 'proxy')))).toBeUndefined();
  });
});
