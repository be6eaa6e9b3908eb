import { createConnection } from 'node:net';
import { joinHostPort } from '../address';
import { dialErrorText, type NetError } from '../netError';
import type { TCPAnswer } from './judge';
import type { TCPTarget } from './target';

/**
 * Connects and hangs up: nothing is sent, nothing is read. Never rejects.
 *
 * Source: probe/tcp/tcp.go `DoTCPProbe`.
 */
export function dialTCP({ host, port }: TCPTarget, timeoutMs: number): Promise<TCPAnswer> {
  if (port < 0 || port > 65_535)
    return Promise.resolve({ kind: 'Failed', message: `dial tcp: address ${port}: invalid port` });
  return new Promise((resolve) => {
    const socket = createConnection({ host, port });
    const hangUp = (answer: TCPAnswer) => {
      clearTimeout(deadline);
      socket.destroy();
      resolve(answer);
    };
    const deadline = setTimeout(
      () => hangUp({ kind: 'Failed', message: `dial tcp ${joinHostPort(host, port)}: i/o timeout` }),
      timeoutMs,
    );
    socket.once('connect', () => hangUp({ kind: 'Connected' }));
    socket.once('error', (error: NetError) => hangUp({ kind: 'Failed', message: dialErrorText(error) }));
  });
}
