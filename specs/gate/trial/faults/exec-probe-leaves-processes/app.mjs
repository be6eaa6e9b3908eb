import http from 'node:http';

const server = http.createServer((_, response) => response.end('ok\n'));
server.listen(8080);
process.on('SIGTERM', () => server.close());
