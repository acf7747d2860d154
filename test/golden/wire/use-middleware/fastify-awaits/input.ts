import Fastify from 'fastify';
import { cors, orders } from './parts.js';

const server = Fastify();
await server.register(cors);
await server.register(orders, { prefix: '/orders' });
await server.listen({ port: 3000 });
