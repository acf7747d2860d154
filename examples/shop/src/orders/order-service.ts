import { randomUUID } from 'node:crypto';
import type { Database } from '../database.js';
import type { UserRepository } from '../users/user-repository.js';
import { totalCents } from './order.js';
import type { Order, OrderLine } from './order.js';
import type { OrderMails } from './order-mails.js';

export class OrderService {
  constructor(
    private readonly db: Database,
    private readonly users: UserRepository,
    private readonly mails: OrderMails,
  ) {}

  async place(userId: string, lines: readonly OrderLine[]): Promise<Order> {
    const order: Order = { id: randomUUID(), userId, lines };
    await this.db.upsert('orders', order);
    const user = await this.users.findById(userId);
    if (user) {
      await this.mails.sendConfirmation({
        orderId: order.id,
        name: user.name,
        email: user.email,
        totalCents: totalCents(order),
      });
    }
    return order;
  }

  async find(id: string): Promise<Order | undefined> {
    return this.db.find<Order>('orders', id);
  }
}
