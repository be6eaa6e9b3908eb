import { probesOf } from '../../manifest/facts/parts';
import { rule } from '../rule';

/** Source: probe/tcp/tcp.go: a connection that is established is a success, whoever established it. */
export const livenessTCP = rule('liveness-tcp', ({ pod: { spec } }) =>
  probesOf(spec).flatMap(({ field, path, value }) => {
    if (field !== 'livenessProbe' || !value.tcpSocket) return [];
    return [
      {
        path: path.child('tcpSocket'),
        severity: 'warning',
        why: 'the kernel accepts connections for a process that hangs, so this never notices one; a process that has ended is restarted anyway',
        right: 'a check that makes the process answer: httpGet, grpc or exec',
      },
    ];
  }),
);
