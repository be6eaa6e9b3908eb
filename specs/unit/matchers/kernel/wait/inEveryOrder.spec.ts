import { describe, expect, test } from '@jest/globals';
import 'jest-kubelet/jest-globals';
import type { SimulatePodOptions } from 'jest-kubelet';
import { messageOf } from '../../messageOf';
import { simulated } from '../../simulated';

/** Returns an app that serves after 70s, whose startup probe allows this many attempts 5s apart. */
function slow(failureThreshold: number, options: SimulatePodOptions = {}) {
  const startupProbe = { httpGet: { path: '/', port: 80 }, periodSeconds: 5, failureThreshold };
  return simulated({ startupProbe }, { web: [{ at: '70s', http: { 80: { '/': 200 } } }] }, {}, options);
}

describe('toBecomeReady with simulatePod', () => {
  test('passes only if the pod becomes Ready with every order of probe ticks', async () => {
    await expect(slow(15)).toBecomeReady();
    const message = await messageOf(() => expect(slow(14)).toBecomeReady());
    expect(message).toContain('Received: pod not Ready');
    expect(message).toMatch(
      /^The pod passes in \d of 10 orders of its probe ticks, and this is an order in which it fails\. A node can have any order\. To check one order, pass a seed to simulatePod\.$/m,
    );
  });

  test('checks only the order of the given seed', async () => {
    const outcomes = await Promise.all(
      Array.from({ length: 8 }, async (_, seed) => {
        const message = await messageOf(() => expect(slow(14, { seed })).toBecomeReady()).catch(() => 'passed');
        return message === 'passed' ? 'passed' : 'failed';
      }),
    );
    expect(outcomes).toContain('failed');
    await expect(slow(15, { seed: 3 })).toBecomeReady();
  });

  test('checks only the recorded order if the test acted on the pod', async () => {
    const pod = slow(14);
    await pod.note('a request of the test');
    await expect(pod).toBecomeReady();
  });

  test.each([
    [40, 9],
    [70, 15],
  ])('starts within %i s only with failureThreshold %i and a period of 5s', async (seconds, needed) => {
    const startWith = (failureThreshold: number) => {
      const startupProbe = { httpGet: { path: '/', port: 80 }, periodSeconds: 5, failureThreshold };
      return simulated({ startupProbe }, { web: [{ at: `${seconds}s`, http: { 80: { '/': 200 } } }] });
    };
    await expect(startWith(needed)).toBecomeReady();
    expect(await messageOf(() => expect(startWith(needed - 1)).toBecomeReady())).toContain('orders of its probe ticks');
  });
});
