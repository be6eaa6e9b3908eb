import http from 'node:http';
import { createTerminus } from '@godaddy/terminus';
import express from 'express';

const app = express();
app.get('/', (_, response) => response.send('ok\n'));
const server = http.createServer(app);
createTerminus(server, {
  signal: 'SIGTERM',
  healthChecks: { '/livez': async () => {}, '/readyz': async () => {} },
  beforeShutdown: () => new Promise((resolve) => setTimeout(resolve, 5_000)),
});
server.listen(8080);
