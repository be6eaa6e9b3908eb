import underPressure from '@fastify/under-pressure';
import closeWithGrace from 'close-with-grace';
import fastify from 'fastify';

const app = fastify();
await app.register(underPressure, { maxEventLoopDelay: 1_000, exposeStatusRoute: '/readyz' });
app.get('/livez', async () => 'ok');
app.get('/', async () => ({ hello: 'world' }));
closeWithGrace({ delay: 8_000 }, () => app.close());
await app.listen({ host: '0.0.0.0', port: 8080 });
