import { setTimeout } from 'node:timers/promises';
import Fastify from 'fastify';

// The same service with the usual mistakes: nothing is done on SIGTERM, and it always says that it is ready. The third,
// npm in front of it, is in package.json and the manifest.

const app = Fastify();
let isLive = true;

app.get('/', async () => {
  await setTimeout(100); // some work
  return 'Hello\n';
});
app.get('/healthz', (_, reply) => reply.code(isLive ? 200 : 500).send());
app.get('/readyz', (_, reply) => reply.code(200).send());
app.post('/break', async () => {
  isLive = false;
});

await app.listen({ port: 8080, host: '0.0.0.0' });
