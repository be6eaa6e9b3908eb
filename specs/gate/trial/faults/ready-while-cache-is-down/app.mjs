import http from 'node:http';
import net from 'node:net';

function ping() {
  return new Promise((resolve, reject) => {
    const socket = net.connect(6379, 'cache', () => socket.write('PING\r\n'));
    socket.setTimeout(500, () => socket.destroy(new Error('the cache does not answer')));
    socket.on('data', () => {
      socket.end();
      resolve();
    });
    socket.on('error', reject);
  });
}

const server = http.createServer(async ({ url }, response) => {
  if (url !== '/basket') return response.end('ok\n');
  try {
    await ping();
    response.end('[]\n');
  } catch (error) {
    response.writeHead(500).end(`${error.message}\n`);
  }
});
server.listen(8080);
process.on('SIGTERM', () => server.close());
