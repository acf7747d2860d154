import Fastify from 'fastify';
import { cors, orders } from './parts.js';
import { limiter } from './patterns/limiter.js';

const server = Fastify();
await server.register(cors);
await server.register(limiter.plugin);
await server.register(orders, { prefix: '/orders' });
await server.listen({ port: 3000 });
