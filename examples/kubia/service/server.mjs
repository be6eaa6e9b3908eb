import { createServer } from 'node:http';
import { hostname } from 'node:os';

const server = createServer((request, response) => {
  response.end(`Hey there, this is ${hostname()}. You asked for ${request.url}.\n`);
}).listen(8080, () => console.log('serving on 8080'));

process.on('SIGTERM', () => server.close());
