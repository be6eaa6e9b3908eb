import { Duplex } from 'node:stream';
import type { Connection } from '../../../probes/ports';
import { Once } from './outcome';

/**
 * Returns a connection attempt that never gets a response, as in a network that is disconnected. It ends if it is given
 * up.
 */
export function createUnansweredConnection(): Connection {
  const connected = new Once();
  const socket = new Duplex({
    read() {},
    write: (_chunk, _encoding, done) => done(),
    destroy(error, done) {
      connected.reject(error ?? new Error('given up'));
      done(error);
    },
  });
  socket.on('error', () => {});
  return { socket, connected: connected.promise };
}
