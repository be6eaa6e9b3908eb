// A server to be probed: it runs in a container, answers each path in its own way, and records what it gets.
const { appendFileSync, readFileSync, writeFileSync } = require('node:fs');
const http = require('node:http');
const https = require('node:https');
const net = require('node:net');
const path = require('node:path');
const { Worker } = require('node:worker_threads');

const RECORD = '/tmp/record';
const GIGABYTE = 1e9;

const pem = readFileSync(path.join(__dirname, 'expired.pem'));
const tls = { key: pem, cert: pem };
let connections = 0;

function record(entry) {
  appendFileSync(RECORD, `${JSON.stringify(entry)}\n`);
}

/** By the first part of the path. */
const ANSWERS = {
  ok: (response) => response.end('fine'),
  status: (response, { rest }) => response.writeHead(Number(rest)).end('what it says of itself'),
  'no-location': (response) => response.writeHead(302).end(),
  away: (response, { host }) => response.writeHead(302, { location: `http://[::ffff:${host}]:8080/reached` }).end('go'),
  around: (response) => response.writeHead(302, { location: '/arrived?by=redirect' }).end(),
  'to-tls': (response, { host }) => response.writeHead(307, { location: `https://${host}:8443/arrived` }).end(),
  arrived: (response) => response.end('there'),
  round: (response, { rest }) => response.writeHead(301, { location: `/round/${Number(rest) + 1}` }).end(),
  'leads-to-error': (response) => response.writeHead(302, { location: '/status/500' }).end(),
  hints: (response) => response.writeEarlyHints({ link: '</style.css>; rel=preload' }, () => response.end('fine')),
  silent: () => {},
  'slow-body': (response) => response.writeHead(200, { 'content-length': 100 }).write('half'),
  'cut-body': (response) => response.writeHead(200, { 'content-length': 100 }).write('half', () => response.destroy()),
  'slow-error': (response) => response.writeHead(500, { 'content-length': 100 }).write('half'),
  endless: (response, { socket }) => {
    response.writeHead(200, { 'content-length': GIGABYTE });
    const send = () => {
      while (!response.destroyed && response.write(Buffer.alloc(65_536, 'a')));
    };
    response.on('drain', send).on('close', () => record({ url: '/endless', sent: socket.bytesWritten }));
    send();
  },
  'hang-up': (_, { socket }) => socket.destroy(),
  reset: (_, { socket }) => socket.resetAndDestroy(),
};

function answer(request, response) {
  const { url, rawHeaders, socket } = request;
  socket.connection ??= connections += 1;
  record({ port: socket.localPort, url, headers: rawHeaders, connection: socket.connection });
  const [, name = '', rest = ''] = /^\/([^/?]*)\/?(.*)$/.exec(url) ?? [];
  const host = socket.localAddress.replace('::ffff:', '');
  (ANSWERS[name] ?? ANSWERS.ok)(response, { rest, host, socket });
}

/** Responds with a content length, and leaves the connection open for any request. */
const keepsOpen = net.createServer((socket) => {
  socket.once('data', () => socket.write('HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nfine'));
  socket.on('end', () => record({ port: socket.localPort, hungUp: true }));
  socket.on('error', () => {});
});

/** Accepts data without a response. */
const listens = net.createServer((socket) => {
  const { localPort: port } = socket;
  let received = 0;
  socket.on('data', (chunk) => {
    received += chunk.length;
  });
  socket.on('close', () => record({ port, received }));
  socket.on('error', () => {});
});

/** Listens, but never accepts a connection. Clients wait forever, up to the number in `backlog`. */
function listenDeaf(port, backlog, onListening) {
  const program = `
    const { parentPort } = require('node:worker_threads');
    require('node:net').createServer().listen({ port: ${port}, backlog: ${backlog} }, () => {
      parentPort.postMessage('listening');
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);
    });`;
  new Worker(program, { eval: true }).once('message', onListening);
}

const mutual = https.createServer({ ...tls, requestCert: true, rejectUnauthorized: true, ca: pem }, answer);

const servers = [
  http.createServer(answer).listen(8080),
  http.createServer(answer).listen(8081, '127.0.0.1'),
  keepsOpen.listen(8082),
  listens.listen(8083),
  https.createServer(tls, answer).listen(8443),
  mutual.listen(8444),
];

let starting = servers.length + 2;
function onUp() {
  starting -= 1;
  if (starting === 0) writeFileSync('/tmp/up', '');
}
for (const server of servers) server.on('tlsClientError', () => {}).on('listening', onUp);

listenDeaf(8084, 100, onUp);
listenDeaf(8085, 1, () => {
  // Two of them may wait to be accepted.
  const waiting = [1, 2].map(() => net.connect(8085, '127.0.0.1'));
  Promise.all(waiting.map((socket) => new Promise((resolve) => socket.once('connect', resolve)))).then(onUp);
});
