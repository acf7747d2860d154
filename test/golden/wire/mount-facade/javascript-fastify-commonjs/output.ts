'use strict';

const { invoicesFacade } = require('./patterns/invoices');

const fastify = require('fastify')({ logger: true });

fastify.addHook('onRequest', (request, reply, done) => {
  invoicesFacade(request.raw, reply.raw, done);
});
fastify.get('/', async () => ({ hello: 'world' }));

fastify.listen({ port: 3000 });
