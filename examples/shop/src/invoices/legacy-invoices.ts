import { Router } from 'express';
import type { Database } from '../database.js';
import { totalCents } from '../orders/order.js';
import type { Order } from '../orders/order.js';

/** From before the shop had services: renders invoices as HTML, straight from the tables. */
export function legacyInvoices(db: Database): Router {
  const router = Router();

  router.get('/:orderId', (request, response, next) => {
    db.find<Order>('orders', request.params.orderId)
      .then((order) => {
        if (!order) {
          response.status(404).send('<h1>No such invoice</h1>');
          return;
        }
        const total = (totalCents(order) / 100).toFixed(2);
        response.send(`<h1>Invoice ${order.id}</h1><p>Total: ${total} EUR</p>`);
      })
      .catch(next);
  });

  return router;
}
