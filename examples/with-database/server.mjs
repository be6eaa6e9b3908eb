import { createServer } from 'node:http';
import { connect } from 'node:net';

const DATABASE = { host: 'redis', port: 6379 };
const DATABASE_MS = 500;

/** Returns true if the database responds in time. */
function isDatabaseThere() {
  return new Promise((resolve) => {
    const socket = connect(DATABASE, () => socket.write('PING\r\n'));
    const end = (answer) => {
      socket.destroy();
      resolve(answer);
    };
    // Each answer is a new connection: a frozen database still accepts it.
    socket.setTimeout(DATABASE_MS, () => end(false));
    socket.on('error', () => end(false));
    socket.on('data', (data) => end(String(data) === '+PONG\r\n'));
  });
}

const DRAIN_MS = 2_000;
let isStopping = false;

const CHECKS = {
  '/live': () => true,
  '/ready': () => !isStopping && isDatabaseThere(),
};

createServer(async (request, response) => {
  const check = CHECKS[request.url];
  response.statusCode = check ? ((await check()) ? 200 : 503) : 404;
  response.end();
}).listen(8080);

// Clients keep coming until they know that the pod has left the endpoints.
process.on('SIGTERM', () => {
  isStopping = true;
  setTimeout(() => process.exit(0), DRAIN_MS);
});
