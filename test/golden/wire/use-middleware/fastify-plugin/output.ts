import type { FastifyInstance } from 'fastify';
import { limiter } from './patterns/limiter.js';

export default async function app(server: FastifyInstance): Promise<void> {
  server.register(limiter.plugin);
  server.get('/orders', async () => []);
}
