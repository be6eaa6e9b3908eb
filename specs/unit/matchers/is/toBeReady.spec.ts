import { describe, expect, test } from '@jest/globals';
import 'jest-kubelet/jest-globals';
import { messageOf } from '../messageOf';
import { answering, HEALTHZ, simulated } from '../simulated';

const late = () => simulated({ readinessProbe: HEALTHZ }, { web: answering(['0s', 503], ['15s', 200]) });

describe('toBeReady', () => {
  test('checks the Ready condition now', async () => {
    const pod = late();
    expect(pod).not.toBeReady();
    await expect(pod).toBecomeReady();
    expect(pod).toBeReady();
    expect(await messageOf(() => expect(pod).not.toBeReady())).toContain('Received: pod Ready after 20.0s');
  });

  test('suggests toBecomeReady if a wait could help', async () => {
    const pod = late();
    pod.advance('12s');
    expect(await messageOf(() => expect(pod).toBeReady())).toBe(`expect(pod).toBeReady()

Expected: pod to be Ready now
Received: pod not Ready after 0.0s: the readiness probe of web fails (HTTP probe failed with statuscode: 503)

   +0.0s  test  run
   +0.0s  web   Started    Container started
  +10.0s  web   Unhealthy  readiness probe failed (3/3): HTTP probe failed with statuscode: 503

toBeReady does not wait. To wait, use await expect(pod).toBecomeReady().`);
  });

  test('suggests no wait for a pod that can never be Ready', async () => {
    const pod = simulated({}, { web: [{ at: '1s', exit: 1 }] }, { restartPolicy: 'Never' });
    pod.advance('5s');
    expect(await messageOf(() => expect(pod).toBeReady())).not.toContain('toBecomeReady');
  });

  test('rejects within, and suggests toBecomeReady', async () => {
    const within: readonly unknown[] = [{ within: '30s' }];
    expect(await messageOf(() => expect(late()).toBeReady(...(within as [])))).toBe(
      `expect(pod).toBeReady({ within: '30s' })

Matcher error: toBeReady does not wait, so it has no within. To wait, use toBecomeReady`,
    );
  });
});
