import { once } from 'node:events';
import http from 'node:http';
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import tls from 'node:tls';

/** A server on loopback; what it leaves open goes with it. */
export interface Listening extends AsyncDisposable {
  readonly port: number;
}

/** Listens on `port`, by default one that is free. */
export async function listen(server: Server, port = 0): Promise<Listening> {
  const sockets = new Set<Socket>();
  server.on('connection', (socket: Socket) => {
    sockets.add(socket);
    socket.on('error', () => {});
    socket.once('close', () => sockets.delete(socket));
  });
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  return {
    port: (server.address() as AddressInfo).port,
    async [Symbol.asyncDispose]() {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}

/** Answers any HTTP request with an empty 200; `onRequest` sees it. */
export function plainHTTP(onRequest: (request: http.IncomingMessage) => void = () => {}): Server {
  return http.createServer((request, response) => {
    onRequest(request);
    response.end();
  });
}

/** Speaks TLS, though without a certificate: whoever speaks TLS to it gets an alert, whoever does not gets nothing. */
export function tlsOnly(): Server {
  return tls.createServer({}).on('tlsClientError', () => {});
}

/** Accepts and says nothing. */
export function silent(): Server {
  return createServer(() => {});
}

/** Returns a loopback port on which no process listens. */
export async function freePort(): Promise<number> {
  await using listening = await listen(silent());
  return listening.port;
}
