import { probesOf } from '../../manifest/facts/parts';
import { probeTiming, thresholdToFailFor } from '../../timing/probeTiming';
import { rule } from '../rule';

const PERIOD_MIN_SECONDS = 5;

export const execProbeTooOften = rule('exec-probe-too-often', ({ pod: { spec } }) =>
  probesOf(spec).flatMap(({ path, value }) => {
    const { exec, periodSeconds: period } = value;
    if (!exec || period >= PERIOD_MIN_SECONDS) return [];
    const { failingMs } = probeTiming(value);
    const slower = { ...value, periodSeconds: PERIOD_MIN_SECONDS };
    const failureThreshold = thresholdToFailFor(slower, failingMs);
    const kept = probeTiming({ ...slower, failureThreshold }).failingMs;
    return [
      {
        path: path.child('periodSeconds'),
        severity: 'warning',
        why: `it starts a process in the container every ${period}s, ${Math.round(60 / period)} times a minute in each replica. That uses up CPU of the node and of the container's limit until probes time out`,
        fix: `set periodSeconds: ${PERIOD_MIN_SECONDS} and failureThreshold: ${failureThreshold}, which acts after ${kept / 1_000}s of failures (now ${failingMs / 1_000}s), or use httpGet, tcpSocket or grpc`,
      },
    ];
  }),
);
