import helmet from '@fastify/helmet';
import { fastify } from 'fastify';
import { invoiceRoutes } from './invoices/routes.js';
import { invoicesFacade } from './patterns/invoices.js';

const server = fastify({ logger: true });

await server.register(helmet);
server.addHook('onRequest', (request, reply, done) => {
  invoicesFacade(request.raw, reply.raw, done);
});
await server.register(invoiceRoutes, { prefix: '/invoices' });

await server.listen({ port: 3000 });
