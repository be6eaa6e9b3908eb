import { hooksOf } from '../../manifest/facts/parts';
import { rule } from '../rule';

/** Source: lifecycle/handlers.go `Run`: it does not support tcpSocket, although validation accepts it. */
export const tcpHook = rule('tcp-hook', ({ pod: { spec } }) =>
  hooksOf(spec).flatMap(({ field, path, value }) => {
    if (!value.tcpSocket) return [];
    return [
      {
        path: path.child('tcpSocket'),
        severity: 'error',
        why: `the kubelet does not support tcpSocket hooks, so ${field} fails every time${field === 'postStart' ? ', and the kubelet kills the container' : ''}`,
        fix: 'use exec or httpGet',
      },
    ];
  }),
);
