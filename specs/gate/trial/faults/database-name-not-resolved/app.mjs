import { lookup } from 'node:dns/promises';
import http from 'node:http';

try {
  await lookup('invoices-db');
} catch (error) {
  console.error(`cannot connect to the database: ${error.message}`);
  process.exit(1);
}
const server = http.createServer((_, response) => response.end('ok\n'));
server.listen(8080);
process.on('SIGTERM', () => server.close());
