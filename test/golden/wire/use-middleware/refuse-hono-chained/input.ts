import { Hono } from 'hono';

export const app = new Hono().get('/orders', (c) => c.json([]));
