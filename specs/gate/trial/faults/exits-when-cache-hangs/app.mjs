import http from 'node:http';
import net from 'node:net';

const cache = net.connect(6379, 'cache');
let waiting = false;
setInterval(() => {
  if (waiting) throw new Error('the cache does not answer');
  waiting = true;
  cache.write('PING\r\n');
}, 2_000);
cache.on('data', () => {
  waiting = false;
});
const server = http.createServer((_, response) => response.end('ok\n'));
server.listen(8080);
process.on('SIGTERM', () => process.exit(0));
