import { Hono } from 'hono';
import { logger } from 'hono/logger';

const app = new Hono();
app.use(logger());
app.get('/orders', (c) => c.json([]));

export default app;
