import { probesOf } from '../../manifest/facts/parts';
import { probeTiming } from '../../timing/probeTiming';
import { rule } from '../rule';

/** Source: prober/worker.go `run`: attempts are serial, and a tick during an attempt is lost. */
export const timeoutExceedsPeriod = rule('timeout-exceeds-period', ({ pod: { spec } }) =>
  probesOf(spec).flatMap(({ path, value }) => {
    const { timeoutSeconds: timeout, periodSeconds: period } = value;
    if (timeout <= period) return [];
    const failing = probeTiming(value).failingMs / 1_000;
    const shorter = probeTiming({ ...value, timeoutSeconds: period }).failingMs / 1_000;
    return [
      {
        path: path.child('timeoutSeconds'),
        severity: 'warning',
        why: `attempts never overlap: while one hangs for ${timeout}s, those due every ${period}s are skipped. The probe acts after ${failing}s of failures instead of ${shorter}s`,
        fix: `set timeoutSeconds to at most ${period}, or periodSeconds to at least ${timeout}`,
      },
    ];
  }),
);
