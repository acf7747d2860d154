import { fastify } from 'fastify';

const app = fastify({ logger: true });

app.get('/orders', async () => []);

await app.listen({ port: 3000 });
