import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { type AddressInfo, createServer as createTCPServer, type Server } from 'node:net';
import type { ProbeOutcome } from '../../../src/kubelet/state/protocol';
import type { Probe, ProbeHandler } from '../../../src/manifest/model';
import { type Dialling, runProbe } from '../../../src/probes/dial';

// Dials real sockets on loopback and prints the results, which dial.spec.ts checks. It runs outside Jest, because Jest
// cannot load got.

const received: (readonly string[])[] = [];

const PAGES: Readonly<Record<string, (response: ServerResponse, request: IncomingMessage) => void>> = {
  '/ok': (response) => response.end('fine'),
  '/silent': () => {},
  '/gzip': (response) => response.writeHead(200, { 'content-encoding': 'gzip' }).end('no gzip at all'),
  '/slow': (response) => response.writeHead(200, { 'content-length': 100 }).write('half'),
  '/cut': (response) => response.writeHead(200, { 'content-length': 100 }).write('half', () => response.destroy()),
  '/hang-up': (_, request) => request.socket.destroy(),
  '/reset': (_, request) => request.socket.resetAndDestroy(),
  '/big': (response) => {
    const send = () => {
      while (!response.destroyed && response.write(Buffer.alloc(65_536, 'a')));
    };
    response.writeHead(200, { 'content-length': 1e9 }).on('drain', send);
    send();
  },
  '/big-head': (response) => response.writeHead(200, { 'x-big': 'y'.repeat(60_000) }).end('fine'),
  '/away': (response) => response.writeHead(302, { location: 'http://elsewhere.example/' }).end('there'),
  '/loop': (response) => response.writeHead(302, { location: '/loop' }).end(),
  '/a/../ok?b=c': (response) => response.end('as written'),
};

const app = createServer((request, response) => {
  received.push(request.rawHeaders);
  PAGES[request.url ?? '']?.(response, request);
});
const bare = createTCPServer((socket) => socket.end('HTTP/1.1 200\n\nfine'));
const smtp = createTCPServer((socket) => socket.end('220 ready\r\n'));

const port = async (server: Server) => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return (server.address() as AddressInfo).port;
};
const [appPort, barePort, smtpPort] = await Promise.all([port(app), port(bare), port(smtp)]);

const dialling: Dialling = {
  execInContainer: async () => ({ kind: 'CouldNotRun', message: 'no container here' }),
  kubernetesVersion: '1.36',
  pod: { name: 'pod', namespace: 'default', uid: '' },
};

function probe(handler: ProbeHandler, timeoutSeconds = 5): Promise<ProbeOutcome> {
  const counts: Omit<Probe, 'timeoutSeconds'> = {
    initialDelaySeconds: 0,
    periodSeconds: 1,
    successThreshold: 1,
    failureThreshold: 1,
  };
  const container = { name: 'app', image: 'app', imagePullPolicy: 'Never' } as const;
  const command = { kind: 'RunProbe', run: 1, id: 'abc', type: 'liveness', container, podIP: '127.0.0.1' } as const;
  return runProbe({ ...command, probe: { ...handler, ...counts, timeoutSeconds } }, dialling);
}

const get = (path: string, timeoutSeconds?: number, at = appPort) =>
  probe({ httpGet: { path, port: at, scheme: 'HTTP' } }, timeoutSeconds);

process.env.http_proxy = process.env.HTTP_PROXY = 'http://127.0.0.1:1/';

const outcomes = {
  ok: await get('/ok'),
  asWritten: await get('/a/../ok?b=c'),
  gzip: await get('/gzip'),
  bigHead: await get('/big-head'),
  big: await get('/big'),
  away: await get('/away'),
  loop: await get('/loop'),
  silent: await get('/silent', 0.1),
  slow: await get('/slow', 0.1),
  cut: await get('/cut'),
  hangUp: await get('/hang-up'),
  reset: await get('/reset'),
  bare: await get('/', 5, barePort),
  smtp: await get('/', 5, smtpPort),
  tlsToHTTP: await probe({ httpGet: { path: '/ok', port: appPort, scheme: 'HTTPS' } }),
  refused: await get('/', 5, 1),
  tcp: await probe({ tcpSocket: { port: appPort } }),
  tcpRefused: await probe({ tcpSocket: { port: 1 } }),
  grpcToHTTP: await probe({ grpc: { port: appPort } }, 0.2),
};

console.log(JSON.stringify({ outcomes, firstHeaders: received[0], appPort, smtpPort }));
process.exit();
