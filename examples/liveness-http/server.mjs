import { createServer } from 'node:http';

const HEALTHY_MS = 10_000;
const startedAt = Date.now();

createServer((request, response) => {
  const isHealthy = Date.now() - startedAt < HEALTHY_MS;
  response.statusCode = request.url === '/healthz' ? (isHealthy ? 200 : 500) : 404;
  response.end();
}).listen(8080);

// PID 1 has no default action for a signal, so SIGTERM has no effect without a handler.
process.on('SIGTERM', () => process.exit(143));
