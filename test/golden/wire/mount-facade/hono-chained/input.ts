import { Hono } from 'hono';

const app = new Hono()
  .get('/', (c) => c.text('ok'))
  .post('/', (c) => c.text('ok'));

export default app;
