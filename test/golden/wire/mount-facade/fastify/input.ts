import helmet from '@fastify/helmet';
import { fastify } from 'fastify';
import { invoiceRoutes } from './invoices/routes.js';

const server = fastify({ logger: true });

await server.register(helmet);
await server.register(invoiceRoutes, { prefix: '/invoices' });

await server.listen({ port: 3000 });
