import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { RequestResult, RequestsOrder } from '../../../src/traffic/order';
import { sendRequest } from '../../../src/traffic/sendRequest';
import { realLimit } from '../../pace';

// Sends requests to a real server on loopback and prints the results, which sendRequest.spec.ts checks. It runs outside
// Jest, because Jest cannot load got.

const PAGES: Readonly<Record<string, (response: ServerResponse) => void>> = {
  '/ok': (response) => response.end('fine'),
  '/moved': (response) => response.writeHead(302, { location: '/ok' }).end(),
  '/nobody': (response) => response.writeHead(404).end(),
  '/broken': (response) => response.writeHead(503).end('down'),
  '/silent': () => {},
  '/slow': (response) => response.writeHead(200, { 'content-length': 100 }).write('half'),
  '/cut': (response) => response.writeHead(200, { 'content-length': 100 }).write('half', () => response.destroy()),
  '/hang-up': ({ req }) => req.socket.destroy(),
  '/reset': ({ req }) => req.socket.resetAndDestroy(),
  '/big': (response) => response.end(Buffer.alloc(50_000_000)),
  '/b?c=d%20e': (response) => response.end(),
};

const connections = new Set<unknown>();
const seen: { readonly host?: string | undefined; readonly connection?: string | undefined }[] = [];
const server = createServer(({ url = '', headers }, response) => {
  seen.push({ host: headers.host, connection: headers.connection });
  PAGES[url]?.(response);
});
server.on('connection', (socket) => connections.add(socket));
await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
const { port } = server.address() as AddressInfo;

const order: RequestsOrder = {
  scheme: 'http',
  port,
  path: '/ok',
  headers: {},
  timeoutMs: 2_000,
  everyMs: 100,
  endpointRemovalDelayMs: 0,
};
const never = new AbortController().signal;
const get = async (more: Partial<RequestsOrder>): Promise<RequestResult> =>
  (await sendRequest('127.0.0.1', { ...order, ...more }, { signal: never, onBegin: () => true })) ?? {
    failure: 'not sent',
  };

process.env.http_proxy = process.env.HTTP_PROXY = 'http://127.0.0.1:1/';

const asked: Record<string, RequestResult> = {
  ok: await get({ headers: { host: 'shop.example' } }),
  again: await get({}),
};
const afterTwo = connections.size;
for (const [name, path] of [
  ['moved', '/moved'],
  ['nobody', '/nobody'],
  ['broken', '/broken'],
  ['cut', '/cut'],
  ['hangUp', '/hang-up'],
  ['reset', '/reset'],
  ['big', '/big'],
  ['asWritten', '/b?c=d%20e'],
] as const) {
  asked[name] = await get({ path });
}
// The head of the slow response arrives within the limit, but its body never does.
const timeoutMs = realLimit(200);
asked.silent = await get({ path: '/silent', timeoutMs });
asked.slow = await get({ path: '/slow', timeoutMs });
asked.tls = await get({ scheme: 'https' });
server.closeAllConnections();
await new Promise((resolve) => server.close(resolve));
asked.refused = await get({});

console.log(JSON.stringify({ asked, afterTwo, first: seen[0] }));
