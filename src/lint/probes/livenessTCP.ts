import { probesOf } from '../../manifest/facts/parts';
import { rule } from '../rule';

/** Source: probe/tcp/tcp.go: an open connection is a success, even if only the kernel accepted it. */
export const livenessTCP = rule('liveness-tcp', ({ pod: { spec } }) =>
  probesOf(spec).flatMap(({ field, path, value }) => {
    if (field !== 'livenessProbe' || !value.tcpSocket) return [];
    return [
      {
        path: path.child('tcpSocket'),
        severity: 'warning',
        why: 'the kernel accepts connections for a hung process, so the probe never detects a hang. A process that exits is restarted without it',
        fix: 'use httpGet, grpc or exec, which need a response from the process',
      },
    ];
  }),
);
