import { createConnection } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { joinHostPort } from '../address';
import { dialErrorText, type NetError, networkFailure } from '../netError';
import type { ConnectInside, Connection } from '../ports';
import type { TCPAnswer } from './judge';
import type { TCPTarget } from './target';

/**
 * Connects and hangs up, without sending or reading. Rejects only if there is no way into the pod's network.
 *
 * Source: probe/tcp/tcp.go `DoTCPProbe`.
 */
export async function dialTCP(
  { host, port }: TCPTarget,
  timeoutMs: number,
  connectInside?: ConnectInside,
): Promise<TCPAnswer> {
  if (port < 0 || port > 65_535) return { kind: 'Failed', message: `dial tcp: address ${port}: invalid port` };
  const { socket, connected } = (await connectInside?.(host, port)) ?? connect(host, port);
  const answered = new AbortController();
  const late = sleep(timeoutMs, undefined, { signal: answered.signal }).then((): TCPAnswer => {
    const message = `dial tcp ${joinHostPort(host, port)}: i/o timeout`;
    return { kind: 'Failed', message, failure: { kind: 'timedOut' } };
  });
  late.catch(() => {});
  try {
    return await Promise.race([connected.then((): TCPAnswer => ({ kind: 'Connected' })), late]);
  } catch (error) {
    return { kind: 'Failed', message: dialErrorText(error as NetError), failure: networkFailure(error as NetError) };
  } finally {
    answered.abort();
    socket.destroy();
  }
}

function connect(host: string, port: number): Connection {
  const socket = createConnection({ host, port });
  const connected = new Promise<void>((resolve, reject) => {
    socket.once('connect', resolve);
    socket.on('error', reject);
  });
  connected.catch(() => {});
  return { socket, connected };
}
