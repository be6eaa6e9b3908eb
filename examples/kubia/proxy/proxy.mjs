import { readFileSync } from 'node:fs';
import http from 'node:http';
import https from 'node:https';

// Speaks TLS for the server beside it in the pod, which it finds on localhost, and has an admin port like Envoy's.

const SERVER = { host: '127.0.0.1', port: 8080 };

// Self-signed, and no secret.
const pem = readFileSync(new URL('self-signed.pem', import.meta.url));

https
  .createServer({ cert: pem, key: pem }, (request, response) => {
    const { method, url: path, headers } = request;
    const onwards = http.request({ ...SERVER, method, path, headers }, (answer) => {
      response.writeHead(answer.statusCode, answer.headers);
      answer.pipe(response);
    });
    onwards.on('error', ({ message }) => {
      if (response.headersSent) response.destroy();
      else response.writeHead(503).end(`upstream: ${message}\n`);
    });
    request.pipe(onwards);
  })
  .listen(8443, () => console.log('serving TLS on 8443'));

let isHealthy = true;

const ADMIN = {
  'GET /ready': (response) => response.writeHead(isHealthy ? 200 : 503).end(isHealthy ? 'LIVE\n' : 'DRAINING\n'),
  'POST /healthcheck/fail': (response) => {
    isHealthy = false;
    response.end('OK\n');
  },
  'POST /healthcheck/ok': (response) => {
    isHealthy = true;
    response.end('OK\n');
  },
  'POST /quitquitquit': (response) => response.end('OK\n', () => process.exit(0)),
};

http
  .createServer(({ method, url }, response) => {
    const answer = ADMIN[`${method} ${url}`];
    if (answer) answer(response);
    else if (ADMIN[`POST ${url}`]) {
      response.writeHead(405, { allow: 'POST' }).end(`Method ${method} not allowed, POST required.\n`);
    } else response.writeHead(404).end();
  })
  .listen(9901, () => console.log('admin on 9901'));

process.on('SIGTERM', () => process.exit(0));
