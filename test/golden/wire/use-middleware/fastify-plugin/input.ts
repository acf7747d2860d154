import type { FastifyInstance } from 'fastify';

export default async function app(server: FastifyInstance): Promise<void> {
  server.get('/orders', async () => []);
}
