import { probesOf } from './containers';
import { rule } from './rule';

const PERIOD_MIN_SECONDS = 5;

export const execProbeTooOften = rule('exec-probe-too-often', ({ pod: { spec } }) =>
  probesOf(spec).flatMap(({ path, value }) => {
    const { exec, periodSeconds: period, failureThreshold: threshold } = value;
    if (!exec || period >= PERIOD_MIN_SECONDS) return [];
    const kept = Math.max(1, Math.ceil((threshold * period) / PERIOD_MIN_SECONDS));
    return [
      {
        path: path.child('periodSeconds'),
        severity: 'warning',
        why: `a new process in the container every ${period} s, ${Math.round(60 / period)} times a minute in each replica, loads the node and its own CPU limit until probes time out`,
        right: `periodSeconds: ${PERIOD_MIN_SECONDS} and failureThreshold: ${kept} (${kept * PERIOD_MIN_SECONDS} s of failing where it is ${threshold * period} s now), or httpGet, tcpSocket or grpc`,
      },
    ];
  }),
);
