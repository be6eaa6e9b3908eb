import { setTimeout } from 'node:timers/promises';
import Fastify from 'fastify';

const app = Fastify();
let isLive = true;
let isStopping = false;

app.get('/', async () => {
  await setTimeout(100); // some work
  return 'Hello\n';
});
app.get('/healthz', (_, reply) => reply.code(isLive ? 200 : 500).send());
app.get('/readyz', (_, reply) => reply.code(isStopping ? 503 : 200).send());
app.post('/break', async () => {
  isLive = false;
});

// So that whoever keeps a connection open takes a new one, to another pod, for the next request.
app.addHook('onSend', async (_, reply) => {
  if (isStopping) reply.header('connection', 'close');
});

process.once('SIGTERM', async () => {
  isStopping = true;
  // Those who send requests here learn of it no sooner than we do: serve on until all have.
  await setTimeout(3_500);
  await app.close(); // takes no more connections, and resolves when the last request has its answer
});

await app.listen({ port: 8080, host: '0.0.0.0' });
