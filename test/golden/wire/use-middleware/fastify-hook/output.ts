import { fastify } from 'fastify';
import { limiter } from './patterns/limiter.js';

const app = fastify({ logger: true });

app.addHook('onRequest', (request, reply, done) => {
  limiter.middleware(request.raw, reply.raw, done);
});
app.get('/orders', async () => []);

await app.listen({ port: 3000 });
