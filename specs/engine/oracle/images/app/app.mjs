#!/usr/local/bin/node
// A server on 8080, and on 8082 one that accepts and closes at once. It takes the words of specs/fidelity/oracle/README.md.
import http from 'node:http';
import http2 from 'node:http2';
import net from 'node:net';

const words = new Map(process.argv.slice(2).flatMap((word) => (word.includes('=') ? [word.split('=')] : [])));
const has = (word) => words.has(word);
const seconds = (word) => Number(words.get(word)) || 0;
const startedAt = performance.now();
const since = () => (performance.now() - startedAt) / 1000;
const after = (word, action) => setTimeout(action, seconds(word) * 1000);

process.once('SIGTERM', () => {
  process.on('SIGTERM', () => {});
  if (seconds('term') >= 0) after('term', () => process.exit(has('termcode') ? seconds('termcode') : 2));
});
if (has('exit')) after('after', () => process.exit(seconds('exit')));
if (has('grpc')) serveHealth(() => since() < seconds('grpc'));
after('listen', () => {
  net.createServer((socket) => socket.destroy()).listen(8082);
  http.createServer(respond).listen(8080);
});

function respond(request, response) {
  const { pathname, searchParams } = new URL(request.url, 'http://pod');
  const answer = (status, headers = {}) => response.writeHead(status, headers).end(`${http.STATUS_CODES[status]}\n`);
  switch (pathname) {
    case '/':
      return answer(200);
    case '/healthz':
      if (has('ok') && since() >= seconds('ok')) return answer(500);
      return answer(has('okfrom') && since() < seconds('okfrom') ? 503 : 200);
    case '/flap':
      return answer(seconds('flap') > 0 && Math.floor(since() / seconds('flap')) % 2 === 1 ? 503 : 200);
    case '/slow':
      return after('slow', () => answer(200));
    case '/code':
      return answer(Math.max(Number(searchParams.get('n')) || 0, 200));
    case '/away':
      return answer(302, { location: 'http://example.invalid/' });
    case '/moved':
      return answer(302, { location: '/code?n=500' });
    default:
      return answer(404);
  }
}

/** Serves grpc.health.v1.Health/Check for any service. Status 1 is SERVING, and 2 is NOT_SERVING. */
function serveHealth(isServing) {
  const server = http2.createServer();
  server.on('stream', (stream) => {
    stream.resume();
    stream.respond({ ':status': 200, 'content-type': 'application/grpc' }, { waitForTrailers: true });
    stream.on('wantTrailers', () => stream.sendTrailers({ 'grpc-status': '0' }));
    stream.end(Buffer.from([0, 0, 0, 0, 2, 8, isServing() ? 1 : 2]));
  });
  server.listen(9090);
}
