import http from 'node:http';

http.createServer((_, response) => setTimeout(() => response.end('ok\n'), 50)).listen(8080);
process.on('SIGTERM', () => process.exit(0));
