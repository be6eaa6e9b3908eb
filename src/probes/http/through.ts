import { isIP } from 'node:net';
import type { Duplex } from 'node:stream';
import tls from 'node:tls';
import type { Connection } from '../ports';
import type { URLParts } from './url';

/** Has a request take a connection that is being made already. */
export function through(
  { socket, connected }: Connection,
  { scheme, hostname }: Pick<URLParts, 'scheme' | 'hostname'>,
): (options: object, done: (error: Error | null, socket: Duplex) => void) => undefined {
  return (_options, done) => {
    connected.then(
      () => done(null, scheme === 'https' ? secureSocket(socket, hostname) : socket),
      (error: Error) => done(error, socket),
    );
  };
}

function secureSocket(socket: Duplex, hostname: string): Duplex {
  return tls.connect({ socket, rejectUnauthorized: false, servername: isIP(hostname) ? '' : hostname });
}
