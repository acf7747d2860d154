import { Hono } from 'hono';
import { logger } from 'hono/logger';
import { limiter } from './patterns/limiter.js';

const app = new Hono();
app.use(logger());
app.use(limiter.hono);
app.get('/orders', (c) => c.json([]));

export default app;
