import { Router } from 'express';
import type { OrderService } from './order-service.js';
import type { OrderLine } from './order.js';

export function orderRoutes(orders: OrderService): Router {
  const router = Router();

  router.post('/', async (request, response) => {
    const { userId, lines } = request.body as {
      userId: string;
      lines: OrderLine[];
    };
    response.status(201).json(await orders.place(userId, lines));
  });

  router.get('/:id', async (request, response) => {
    const order = await orders.find(request.params.id);
    if (order) response.json(order);
    else response.status(404).json({ error: 'no such order' });
  });

  return router;
}
