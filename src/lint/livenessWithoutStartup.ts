import { probeTiming, thresholdToSurvive } from '../timing/probeTiming';
import { probesOf } from './containers';
import { rule } from './rule';

// The defaults give 20 s, which is enough for most and not for all.
const SHORT_MS = 20_000;
const ENOUGH_MS = 30_000;
const STARTUP_MS = 300_000;

/** Source: prober/worker.go `doProbe`: only a startup probe holds the liveness probe back. */
export const livenessWithoutStartup = rule('liveness-without-startup', ({ pod: { spec } }) =>
  probesOf(spec).flatMap(({ field, path, container, value }) => {
    const { survivedStartMs } = probeTiming(value);
    if (field !== 'livenessProbe' || container.startupProbe || survivedStartMs >= ENOUGH_MS) return [];
    const { initialDelaySeconds: delay, periodSeconds: period, failureThreshold: threshold } = value;
    const startup = { ...value, initialDelaySeconds: 0 };
    const failureThreshold = thresholdToSurvive(startup, STARTUP_MS);
    const given = probeTiming({ ...startup, failureThreshold }).survivedStartMs / 1_000;
    const sum = `initialDelaySeconds ${delay} + (failureThreshold ${threshold} − 1) × periodSeconds ${period}`;
    return [
      {
        path,
        severity: survivedStartMs < SHORT_MS ? 'warning' : 'info',
        why: `no startupProbe holds it back, so a start that takes longer than ${survivedStartMs / 1_000} s (${sum}) can end in a restart, again and again`,
        right: `a startupProbe with the same check, periodSeconds: ${period} and failureThreshold: ${failureThreshold}, which gives the start ${given} s`,
      },
    ];
  }),
);
