import { fastify } from 'fastify';
import { limiter } from './patterns/limiter.js';

const app = fastify({ logger: true });

app.register(limiter.plugin);
app.get('/orders', async () => []);

await app.listen({ port: 3000 });
