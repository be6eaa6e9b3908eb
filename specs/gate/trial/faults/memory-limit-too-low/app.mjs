import http from 'node:http';

const model = Buffer.alloc(120 * 1_048_576, 1);
const server = http.createServer((_, response) => response.end(`${model.length}\n`));
server.listen(8080);
process.on('SIGTERM', () => server.close());
