import { describe, expect, test } from '@jest/globals';
import type { Container, PodSpec } from '../../../src/manifest/model';
import { longestRetryMs } from '../../../src/timing/backOff';
import { sumOf } from '../../../src/timing/terms';
import {
  crashLoopLimit,
  fromStart,
  hookLimit,
  NO_LIMIT,
  phaseLimit,
  readyLimit,
  restartLimit,
  startedLimit,
  unreadyLimit,
  type WaitLimit,
  wholeStartLimit,
} from '../../../src/timing/waits';
import { formatLimit, formatTerms } from '../../../src/wording/limit';
import { podOf, web } from '../matchers/replay';

const probe = {
  initialDelaySeconds: 3,
  periodSeconds: 10,
  timeoutSeconds: 2,
  successThreshold: 1,
  failureThreshold: 3,
};
const slow = { ...probe, failureThreshold: 30 };
/** Slow attempts take longer than the period. */
const serial = { ...probe, initialDelaySeconds: 0, periodSeconds: 1, timeoutSeconds: 10 };

function specOf(...containers: readonly Container[]): PodSpec {
  return podOf({ containers }).spec;
}

/** Formats a limit with its sum. */
function summed(limit: WaitLimit): string {
  expect(sumOf(limit.terms)).toBe(limit.ms);
  return `${limit.limited ? 'manifest' : 'default'} ${limit.ms / 1_000}: ${formatTerms(limit.terms)}`;
}

describe('readyLimit', () => {
  test('adds the readiness time to the startup time, which the manifest limits', () => {
    expect(summed(readyLimit(specOf(web({ startupProbe: slow, livenessProbe: probe, readinessProbe: probe }))))).toBe(
      'manifest 340: startupProbe 3s + 10s + 29 × 10s + 2s + readinessProbe 3s + 10s + 2 × 10s + 2s',
    );
  });

  test('uses the timeout of each attempt if it exceeds the period', () => {
    expect(summed(readyLimit(specOf(web({ startupProbe: serial }))))).toBe(
      'manifest 31: startupProbe 1s + 2 × 10s + 10s',
    );
  });

  test('uses liveness without a startup probe, and the slowest container', () => {
    const spec = specOf(web({ livenessProbe: probe }), web({ name: 'metrics' }));
    expect(summed(readyLimit(spec))).toBe('manifest 35: livenessProbe 3s + 10s + 2 × 10s + 2s');
  });

  test('uses successThreshold if it is larger than failureThreshold', () => {
    const readinessProbe = { ...probe, failureThreshold: 1, successThreshold: 4 };
    expect(readyLimit(specOf(web({ startupProbe: serial, readinessProbe }))).ms).toBe(31_000 + 45_000);
  });

  test('returns 60s or the larger sum if there is only a readiness probe', () => {
    expect(readyLimit(specOf(web({ readinessProbe: probe })))).toEqual(NO_LIMIT);
    expect(readyLimit(specOf(web()))).toEqual(NO_LIMIT);
    expect(summed(readyLimit(specOf(web({ readinessProbe: { ...probe, failureThreshold: 9 } }))))).toBe(
      'default 95: readinessProbe 3s + 10s + 8 × 10s + 2s',
    );
  });
});

describe('fromStart', () => {
  test('adds the postStart sleep before the first attempt', () => {
    const lifecycle = { postStart: { sleep: { seconds: 15 } } };
    const spec = specOf(web({ startupProbe: { ...serial, timeoutSeconds: 1, failureThreshold: 5 }, lifecycle }));
    expect(summed(fromStart(spec, readyLimit(spec)))).toBe(
      'manifest 21: postStart 15s + startupProbe 1s + 4 × 1s + 1s',
    );
  });

  test('returns the default limit if postStart runs a command', () => {
    const lifecycle = { postStart: { exec: { command: ['warm-up'] } } };
    const spec = specOf(web({ startupProbe: serial, lifecycle }));
    expect(summed(fromStart(spec, readyLimit(spec)))).toBe(
      'default 91: postStart 1m + startupProbe 1s + 2 × 10s + 10s',
    );
  });

  test('adds sidecars and init containers for the whole start', () => {
    const sidecar = web({ name: 'proxy', restartPolicy: 'Always', startupProbe: serial });
    const spec = podOf({
      initContainers: [web({ name: 'migrate' }), sidecar],
      containers: [web({ livenessProbe: probe })],
    }).spec;
    expect(summed(wholeStartLimit(spec))).toBe(
      'manifest 126: default 1m + startupProbe 1s + 2 × 10s + 10s + livenessProbe 3s + 10s + 2 × 10s + 2s',
    );
  });
});

describe('restartLimit', () => {
  test('adds the stop and the retries after back-off', () => {
    const livenessProbe = { ...serial, timeoutSeconds: 1, failureThreshold: 1 };
    const spec = podOf({ containers: [web({ livenessProbe })], terminationGracePeriodSeconds: 1 }).spec;
    expect(summed(restartLimit(spec, { times: 6 }))).toBe(
      'manifest 416: 6 × (livenessProbe 1s + 1s + grace period 1s + minimum grace period 1s + allowance 2s) + back-off 15s + 30s + 1m + 1m35s + 3m',
    );
  });

  test('uses the grace period of the probe, and the minimum after a hook', () => {
    const livenessProbe = { ...serial, terminationGracePeriodSeconds: 90 };
    const lifecycle = { preStop: { exec: { command: ['drain'] } } };
    expect(summed(restartLimit(specOf(web({ livenessProbe, lifecycle }))))).toBe(
      'manifest 125: livenessProbe 1s + 2 × 10s + 10s + grace period 1m30s + minimum grace period 2s + allowance 2s',
    );
  });

  test('covers one container if it is named', () => {
    const spec = specOf(web({ livenessProbe: serial }), web({ name: 'slow', livenessProbe: slow }));
    expect(restartLimit(spec, { container: 'web' }).ms).toBe(31_000 + 30_000 + 2_000);
    expect(restartLimit(spec).ms).toBe(305_000 + 30_000 + 2_000);
  });

  test('returns the default limit if no probe restarts the container', () => {
    expect(restartLimit(specOf(web({ readinessProbe: probe })))).toEqual(NO_LIMIT);
  });
});

test('crashLoopLimit counts the restarts without back-off', () => {
  const spec = specOf(web({ livenessProbe: { ...serial, failureThreshold: 1 } }));
  expect(summed(crashLoopLimit(spec))).toBe(
    'manifest 258: 6 × (livenessProbe 1s + 10s + grace period 30s + allowance 2s)',
  );
  expect(crashLoopLimit(specOf(web({ livenessProbe: slow }))).limited).toBe(false);
});

test('unreadyLimit is the detection by readiness, or the restart without readiness', () => {
  expect(summed(unreadyLimit(specOf(web({ readinessProbe: probe }))))).toBe(
    'manifest 34: readinessProbe 10s + 2 × 10s + 2s + allowance 2s',
  );
  expect(unreadyLimit(specOf(web({ livenessProbe: serial }))).ms).toBe(63_000);
  expect(unreadyLimit(specOf(web()))).toEqual(NO_LIMIT);
});

test('startedLimit covers one container, or all long-running ones', () => {
  const spec = specOf(web({ startupProbe: serial }), web({ name: 'db', startupProbe: probe }));
  expect(startedLimit(spec).ms).toBe(35_000);
  expect(startedLimit(spec, 'web').ms).toBe(31_000);
});

test('phaseLimit is activeDeadlineSeconds and the stop', () => {
  const { spec } = podOf({ activeDeadlineSeconds: 40 });
  expect(summed(phaseLimit(spec, 'Failed'))).toBe('manifest 70: activeDeadlineSeconds 40s + grace period 30s');
  expect(phaseLimit(spec, 'Running')).toEqual(NO_LIMIT);
});

test('hookLimit is the postStart sleep, and a restart for preStop', () => {
  const lifecycle = { postStart: { sleep: { seconds: 9 } }, preStop: { sleep: { seconds: 5 } } };
  const spec = specOf(web({ livenessProbe: serial, lifecycle }));
  expect(summed(hookLimit(spec, 'postStart'))).toBe('manifest 9: postStart 9s');
  expect(hookLimit(spec, 'preStop')).toEqual(restartLimit(spec));
});

test('longestRetryMs is 1.5 times the back-off, and at most 30s late', () => {
  expect([10, 20, 40, 80, 160, 300].map((seconds) => longestRetryMs(seconds * 1_000) / 1_000)).toEqual([
    15, 30, 60, 95, 180, 330,
  ]);
});

test('formatLimit mentions the manifest only if it sets the limit', () => {
  expect(formatLimit(readyLimit(specOf(web({ startupProbe: serial }))))).toBe(
    "31s (the manifest's own limit: startupProbe 1s + 2 × 10s + 10s)",
  );
  expect(formatLimit(NO_LIMIT)).toBe('1m (default: the manifest sets no limit)');
  expect(formatLimit(readyLimit(specOf(web({ readinessProbe: { ...probe, failureThreshold: 9 } }))))).toBe(
    '1m35s (default from readinessProbe 3s + 10s + 8 × 10s + 2s: the manifest sets no limit)',
  );
});
