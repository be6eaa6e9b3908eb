import { probesOf } from './containers';
import { failingSeconds } from './probeTimes';
import { rule } from './rule';

/** Source: prober/worker.go `run`: attempts are serial, and ticks that pass meanwhile are lost. */
export const timeoutExceedsPeriod = rule('timeout-exceeds-period', ({ pod: { spec } }) =>
  probesOf(spec).flatMap(({ path, value }) => {
    const { timeoutSeconds: timeout, periodSeconds: period, failureThreshold: threshold } = value;
    if (timeout <= period) return [];
    return [
      {
        path: path.child('timeoutSeconds'),
        severity: 'warning',
        why: `attempts never overlap: while one hangs for ${timeout} s those due every ${period} s are lost, and a hung app is noticed after ${failingSeconds(value)} s of failing instead of ${threshold * period} s`,
        right: `a timeoutSeconds of at most ${period}, or a periodSeconds of at least ${timeout}`,
      },
    ];
  }),
);
