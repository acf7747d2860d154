import express from 'express';
import type { Express } from 'express';
import type { Database } from './database.js';
import { legacyInvoices } from './invoices/legacy-invoices.js';
import { Mailer } from './mail/mailer.js';
import { OrderMails } from './orders/order-mails.js';
import { orderRoutes } from './orders/order-routes.js';
import { OrderService } from './orders/order-service.js';
import { UserRepository } from './users/user-repository.js';
import { userRoutes } from './users/user-routes.js';

export function createApp(db: Database): Express {
  const users = new UserRepository(db);
  const mails = new OrderMails(new Mailer());
  const orders = new OrderService(db, users, mails);

  const app = express();
  app.use(express.json());
  app.use('/users', userRoutes(users));
  app.use('/orders', orderRoutes(orders));
  app.use('/invoices', legacyInvoices(db));
  return app;
}
