import { probesOf } from '../../manifest/facts/parts';
import { probeTiming } from '../../timing/probeTiming';
import { formatStartupProbeFix, startupProbeFor } from '../../timing/startupProbe';
import { rule } from '../rule';

// The defaults allow 20s, which is enough for most apps.
const SHORT_MS = 20_000;
const ENOUGH_MS = 30_000;
const STARTUP_MS = 300_000;

/** Source: prober/worker.go `doProbe`: only a startup probe delays the liveness probe. */
export const livenessWithoutStartup = rule('liveness-without-startup', ({ pod: { spec } }) =>
  probesOf(spec).flatMap(({ field, path, container, value }) => {
    const { survivedStartMs } = probeTiming(value);
    if (field !== 'livenessProbe' || container.startupProbe || survivedStartMs >= ENOUGH_MS) return [];
    const { initialDelaySeconds: delay, periodSeconds: period, failureThreshold: threshold } = value;
    const sum = `initialDelaySeconds ${delay} + (failureThreshold ${threshold} − 1) × periodSeconds ${period}`;
    return [
      {
        path,
        severity: survivedStartMs < SHORT_MS ? 'warning' : 'info',
        why: `there is no startupProbe, so liveness can restart an app that takes longer than ${survivedStartMs / 1_000}s to start (${sum}), again and again`,
        fix: formatStartupProbeFix(startupProbeFor(value, STARTUP_MS)),
      },
    ];
  }),
);
