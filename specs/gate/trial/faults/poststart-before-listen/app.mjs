import http from 'node:http';

const server = http.createServer((_, response) => response.end('ok\n'));
setTimeout(() => server.listen(8080), 3_000); // reads its routes
process.on('SIGTERM', () => server.close());
