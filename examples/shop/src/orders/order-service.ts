import { randomUUID } from 'node:crypto';
import type { Database } from '../database.js';
import type { Mailer } from '../mail/mailer.js';
import type { UserRepository } from '../users/user-repository.js';
import { totalCents } from './order.js';
import type { Order, OrderLine } from './order.js';

export class OrderService {
  constructor(
    private readonly db: Database,
    private readonly users: UserRepository,
    private readonly mailer: Mailer,
  ) {}

  async place(userId: string, lines: readonly OrderLine[]): Promise<Order> {
    const order: Order = { id: randomUUID(), userId, lines };
    await this.db.upsert('orders', order);
    await this.sendConfirmations([order]);
    return order;
  }

  async find(id: string): Promise<Order | undefined> {
    return this.db.find<Order>('orders', id);
  }

  /** Tells each customer that the order has arrived. */
  async sendConfirmations(orders: readonly Order[]): Promise<void> {
    for (const order of orders) {
      const user = await this.users.findById(order.userId);
      if (!user) continue;
      await this.mailer.send({
        to: user.email,
        subject: `Your order ${order.id}`,
        text: `Thank you, ${user.name}: ${(totalCents(order) / 100).toFixed(2)} EUR.`,
      });
    }
  }
}
