import { probesOf } from '../../manifest/facts/parts';
import { probeTiming, thresholdToFailFor } from '../../timing/probeTiming';
import { rule } from '../rule';

const PERIOD_MIN_SECONDS = 5;

export const execProbeTooOften = rule('exec-probe-too-often', ({ pod: { spec } }) =>
  probesOf(spec).flatMap(({ path, value }) => {
    const { exec, periodSeconds: period } = value;
    if (!exec || period >= PERIOD_MIN_SECONDS) return [];
    const { failingMs } = probeTiming(value);
    const rarer = { ...value, periodSeconds: PERIOD_MIN_SECONDS };
    const failureThreshold = thresholdToFailFor(rarer, failingMs);
    const kept = probeTiming({ ...rarer, failureThreshold }).failingMs;
    return [
      {
        path: path.child('periodSeconds'),
        severity: 'warning',
        why: `a new process in the container every ${period}s, ${Math.round(60 / period)} times a minute in each replica, loads the node and its own CPU limit until probes time out`,
        right: `periodSeconds: ${PERIOD_MIN_SECONDS} and failureThreshold: ${failureThreshold} (${kept / 1_000}s of failing where it is ${failingMs / 1_000}s now), or httpGet, tcpSocket or grpc`,
      },
    ];
  }),
);
