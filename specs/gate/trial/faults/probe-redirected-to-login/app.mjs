import http from 'node:http';

const server = http.createServer(({ url }, response) => {
  response.writeHead(302, { location: `https://login.example.com/?next=${url}` }).end();
});
server.listen(8080);
process.on('SIGTERM', () => server.close());
