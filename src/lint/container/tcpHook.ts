import { hooksOf } from '../../manifest/facts/parts';
import { rule } from '../rule';

/** Source: lifecycle/handlers.go `Run`: it knows no tcpSocket, though validation lets it pass. */
export const tcpHook = rule('tcp-hook', ({ pod: { spec } }) =>
  hooksOf(spec).flatMap(({ field, path, value }) => {
    if (!value.tcpSocket) return [];
    return [
      {
        path: path.child('tcpSocket'),
        severity: 'error',
        why: `the kubelet cannot carry out a tcpSocket hook: it fails every time${field === 'postStart' ? ', and a postStart that fails has its container killed' : ''}`,
        right: 'exec or httpGet',
      },
    ];
  }),
);
