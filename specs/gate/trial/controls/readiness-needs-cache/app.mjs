import http from 'node:http';
import net from 'node:net';

function ping() {
  return new Promise((resolve, reject) => {
    const socket = net.connect(6379, process.env.CACHE, () => socket.write('PING\r\n'));
    socket.setTimeout(700, () => socket.destroy(new Error('the cache does not answer')));
    socket.on('data', () => {
      socket.end();
      resolve();
    });
    socket.on('error', reject);
  });
}

const server = http.createServer(async ({ url }, response) => {
  if (url === '/livez') return response.end('ok\n');
  try {
    await ping();
    response.end('ok\n');
  } catch (error) {
    response.writeHead(503).end(`${error.message}\n`);
  }
});
server.listen(8080);
process.on('SIGTERM', () => server.close());
