import { serve } from '@hono/node-server';
import { Hono } from 'hono';
import { cors } from 'hono/cors';
import { logger } from 'hono/logger';
import { invoicesFacade } from './patterns/invoices.js';

const app = new Hono();
app.use(logger());
app.use('/api/*', cors());

app.use(invoicesFacade.hono);
app.get('/api/invoices/:id', (c) => c.text(c.req.param('id')));

serve({ fetch: app.fetch, port: 3000 });
