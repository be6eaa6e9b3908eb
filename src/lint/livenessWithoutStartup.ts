import { probesOf } from './containers';
import { startSurvivedSeconds } from './probeTimes';
import { rule } from './rule';

// The defaults give 20 s, which is enough for most and not for all.
const SHORT_SECONDS = 20;
const ENOUGH_SECONDS = 30;
const STARTUP_SECONDS = 300;

/** Source: prober/worker.go `doProbe`: only a startup probe holds the liveness probe back. */
export const livenessWithoutStartup = rule('liveness-without-startup', ({ pod: { spec } }) =>
  probesOf(spec).flatMap(({ field, path, container, value }) => {
    const survived = startSurvivedSeconds(value);
    if (field !== 'livenessProbe' || container.startupProbe || survived >= ENOUGH_SECONDS) return [];
    const { initialDelaySeconds: delay, periodSeconds: period, failureThreshold: threshold } = value;
    const sum = `initialDelaySeconds ${delay} + (failureThreshold ${threshold} − 1) × periodSeconds ${period}`;
    return [
      {
        path,
        severity: survived < SHORT_SECONDS ? 'warning' : 'info',
        why: `no startupProbe holds it back, so a start that takes longer than ${survived} s (${sum}) can end in a restart, again and again`,
        right: `a startupProbe with the same check, periodSeconds: ${period} and failureThreshold: ${Math.ceil(STARTUP_SECONDS / period)}, which gives the start ${Math.ceil(STARTUP_SECONDS / period) * period} s`,
      },
    ];
  }),
);
