import { describe, expect, test } from '@jest/globals';
import 'jest-kubelet/jest-globals';
import { messageOf } from '../matchers/messageOf';
import { replay } from '../matchers/replay';
import { simulated } from '../matchers/simulated';
import { acted, recorded } from '../timeline/events';

// Start of a wait without `within`, and the phase that has used its time.

const exec = { exec: { command: ['check'] } };
const HANGS = { exec: { check: { takes: 'forever' } } };
const WORKS = { exec: { check: 0 } };
const SERIAL = { startupProbe: { ...exec, periodSeconds: 1, timeoutSeconds: 10, failureThreshold: 3 } };

describe('waits with attempts that exceed their period', () => {
  const web = (up: string) => [
    { at: '0s', ...HANGS },
    { at: up, ...WORKS },
  ];

  test('toBecomeReady passes at 21s, which the kubelet allows', async () => {
    const pod = simulated(SERIAL, { web: web('20s') });
    await expect(pod).toBecomeReady();
    expect(pod.timeline.now).toBeGreaterThanOrEqual(21_000);
    expect(pod.timeline.now).toBeLessThan(22_000);
  });

  test('toBecomeReady fails if the first success comes at 32s, and prints the sum', async () => {
    const pod = simulated(SERIAL, { web: web('32s') });
    const message = await messageOf(() => expect(pod).toBecomeReady());
    expect(message).toContain(
      "Expected: pod to become Ready within 31s (the manifest's own limit: startupProbe 1s + 2 × 10s + 10s)\nReceived: pod not Ready after 31.0s",
    );
  });
});

describe('waits with a postStart hook', () => {
  const probe = { startupProbe: { ...exec, periodSeconds: 1, failureThreshold: 5 } };

  test('adds a sleep of 15s before the probes, so the pod is Ready at 16.1s', async () => {
    const lifecycle = { postStart: { sleep: { seconds: 15 } } };
    const pod = simulated(
      { ...probe, lifecycle },
      {
        web: [
          { at: '0s', ...HANGS },
          { at: '16100ms', ...WORKS },
        ],
      },
    );
    await expect(pod).toBecomeReady();
    expect(pod.timeline.now).toBeGreaterThanOrEqual(16_100);
    const late = simulated({ ...probe, lifecycle }, { web: [{ at: '0s', ...HANGS }] });
    expect(await messageOf(() => expect(late).toBecomeReady())).toContain(
      "within 21s (the manifest's own limit: postStart 15s + startupProbe 1s + 4 × 1s + 1s)\nReceived: pod not Ready after 21.0s",
    );
  });

  test('prints that an endless command used the time', async () => {
    const lifecycle = { postStart: { exec: { command: ['warm-up'] } } };
    const pod = simulated({ ...probe, lifecycle }, { web: [{ at: '0s', exec: { 'warm-up': { takes: 'forever' } } }] });
    const message = await messageOf(() => expect(pod).toBecomeReady());
    expect(message).toContain('not Ready after 60.0s');
    expect(message).toContain(
      'The postStart hook of web used the time. Its limit is 1m (default from postStart 1m: the manifest sets no limit).',
    );
  });
});

describe('waits with time that no probe uses', () => {
  const probe = { startupProbe: { ...exec, periodSeconds: 1, failureThreshold: 5 } };
  const slowly = (pullMs: number) => ({
    profile: {
      name: 'slow',
      firstSyncMs: 0,
      relistMs: 0,
      jitter: 0,
      sandboxMs: 0,
      repullMs: pullMs,
      pullMs,
      startMs: 0,
      stopMs: 0,
    },
  });

  test('excludes an image pull from the limit of the probes', async () => {
    const pod = simulated(probe, { web: [{ at: '0s', ...WORKS }] }, {}, slowly(290_000));
    await expect(pod).toBecomeReady();
    expect(pod.timeline.now).toBeGreaterThanOrEqual(290_000);
  });

  test('limits an image pull separately', async () => {
    const pod = simulated(probe, { web: [{ at: '0s', ...WORKS }] }, {}, slowly(310_000));
    const message = await messageOf(() => expect(pod).toBecomeReady());
    expect(message).toContain('not Ready after 300.0s');
    expect(message).toContain(
      'The image pull of web used the time. Its limit is 5m (default: the manifest sets no limit).',
    );
  });

  test('prints that repeated failed pulls used the time', async () => {
    const unreachable = 'Failed to pull image "web:dev": dial tcp: lookup registry: no such host';
    const tried = (seconds: number) => [
      recorded(seconds, 'Pulling', 'Pulling image "web:dev"'),
      recorded(seconds + 4, 'Failed', unreachable, { type: 'Warning' }),
    ];
    const pod = replay({
      past: [acted(0, 'run'), recorded(0, 'Scheduled', '')],
      coming: [tried(1), tried(20), tried(50)],
    });
    const message = await messageOf(() => expect(pod).toBecomeReady());
    expect(message).toContain('not Ready after 65.0s');
    expect(message).toContain('The failed image pull of web used the time. Its limit is 1m');
  });

  test('excludes an init container from the probe limit, and limits it separately', async () => {
    const initContainers = [{ name: 'migrate', image: 'migrate:1' }];
    const pod = simulated(
      probe,
      { migrate: [{ at: '50s', exit: 0 }], web: [{ at: '0s', ...WORKS }] },
      { initContainers },
    );
    await expect(pod).toBecomeReady();
    const stuck = simulated(probe, {}, { initContainers });
    const message = await messageOf(() => expect(stuck).toBecomeReady());
    expect(message).toContain('not Ready after 60.0s');
    expect(message).toContain(
      'Init container migrate used the time. Its limit is 1m (default: the manifest sets no limit).',
    );
  });

  test('limits a sidecar by its own startup probe', async () => {
    const proxy = {
      name: 'proxy',
      image: 'proxy:1',
      restartPolicy: 'Always',
      startupProbe: { ...exec, periodSeconds: 2 },
    };
    const pod = simulated(probe, { proxy: [{ at: '0s', ...HANGS }] }, { initContainers: [proxy] });
    const message = await messageOf(() => expect(pod).toBecomeReady());
    expect(message).toContain(
      "Sidecar proxy used the time. Its limit is 7s (the manifest's own limit: startupProbe 2s + 2 × 2s + 1s).",
    );
  });

  test('measures the limit from the start of the containers, and prints that instant', async () => {
    const pod = simulated(probe, { web: [{ at: '0s', ...HANGS }] }, {}, slowly(100_000));
    const message = await messageOf(() => expect(pod).toBecomeReady());
    expect(message).toContain(
      "within 6s (the manifest's own limit: startupProbe 1s + 4 × 1s + 1s)\nReceived: pod not Ready after 106.0s",
    );
    expect(message).toContain('The limit counts from +100.0s, when the containers started.');
  });

  test('gives a late wait no extra time', async () => {
    const pod = simulated(probe, { web: [{ at: '0s', ...HANGS }] });
    pod.advance('5s');
    expect(await messageOf(() => expect(pod).toBecomeReady())).toContain('not Ready after 6.0s');
  });
});

describe('waits after an action of the test', () => {
  const liveness = { livenessProbe: { ...exec, periodSeconds: 1, timeoutSeconds: 10, failureThreshold: 12 } };

  test('not.toRestart waits until the restart is possible', async () => {
    const pod = simulated(liveness, {
      web: [
        { at: '0s', ...WORKS },
        { at: '1m', run: 1, ...HANGS },
      ],
    });
    await expect(pod).toBecomeReady();
    pod.advance('61s');
    await pod.note('froze the app');
    expect(await messageOf(() => expect(pod).not.toRestart())).toContain('Received: restart 1 of web after');
  });

  test('toRestart measures the limit of the kubelet from the freeze', async () => {
    const pod = simulated(liveness, { web: [{ at: '0s', ...WORKS }] });
    await expect(pod).toBecomeReady();
    pod.advance('100ms');
    await pod.container('web').freeze();
    // The command of the probe runs beside the frozen process, so the probe does not detect the freeze.
    const message = await messageOf(() => expect(pod).toRestart());
    expect(message).toContain(
      "within 2m33s (the manifest's own limit: livenessProbe 1s + 11 × 10s + 10s + grace period 30s + allowance 2s)",
    );
    expect(message).toContain('Received: no restart after 153.1s');
    expect(message).toContain('The limit counts from +0.1s, the last action of the test (freeze web).');
  });

  test('toBecomeUnready prints the limit of the readiness probe', async () => {
    const pod = simulated({ readinessProbe: exec }, { web: [{ at: '0s', ...WORKS }] });
    await expect(pod).toBecomeReady();
    expect(await messageOf(() => expect(pod).toBecomeUnready())).toContain(
      "within 33s (the manifest's own limit: readinessProbe 10s + 2 × 10s + 1s + allowance 2s)",
    );
  });

  test('gives a pod that lost Ready the whole limit to become Ready again', async () => {
    const script = [
      { at: '0s', ...WORKS },
      { at: '5m', ...HANGS },
      { at: '6m', ...WORKS },
    ];
    const pod = simulated({ readinessProbe: exec }, { web: script });
    await expect(pod).toBecomeReady();
    pod.advance('5m');
    await expect(pod).toBecomeUnready();
    await expect(pod).toBecomeReady();
  });

  test('renews the limit at a restart after the action', async () => {
    const probes = { livenessProbe: exec, startupProbe: { ...exec, periodSeconds: 1, failureThreshold: 40 } };
    const script = [
      { at: '0s', run: 1, ...WORKS },
      { at: '1m', run: 1, ...HANGS },
      { at: '0s', run: 2, ...HANGS },
      { at: '39s', run: 2, ...WORKS },
    ];
    const pod = simulated(probes, { web: script });
    await expect(pod).toBecomeReady();
    pod.advance('1m');
    await expect(pod).toRestart({ because: 'liveness' });
    await expect(pod).toBecomeReady();
  });
});

describe('waits in a crash loop', () => {
  const web = { livenessProbe: { ...exec, periodSeconds: 1, failureThreshold: 1 } };

  test('allows more than 310s for the sixth restart', async () => {
    const pod = simulated(web, { web: [{ at: '1s', exit: 1 }] });
    await expect(pod).toRestart({ times: 6 });
    expect(pod.timeline.now).toBeGreaterThan(310_000);
  });

  test('never renews the limit of a phase', async () => {
    const pod = simulated({}, { web: [{ at: '1s', exit: 1 }] });
    expect(await messageOf(() => expect(pod).toReachPhase('Succeeded'))).toContain(
      'pod to reach phase Succeeded within 1m (default: the manifest sets no limit)',
    );
    expect(pod.timeline.now).toBeLessThan(61_000);
  });

  test('never renews the limit of the start', async () => {
    const pod = simulated(web, { web: [{ at: '0s', ...HANGS, exit: 1 }] });
    const message = await messageOf(() => expect(pod).toBecomeReady());
    expect(message).toContain('not Ready after 2.0s');
  });
});
