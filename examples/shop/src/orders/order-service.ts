import { randomUUID } from 'node:crypto';
import type { Database } from '../database.js';
import type { UserRepository } from '../users/user-repository.js';
import { sendConfirmations } from './confirmations.js';
import { totalCents } from './order.js';
import type { Order, OrderLine } from './order.js';

export class OrderService {
  constructor(
    private readonly db: Database,
    private readonly users: UserRepository,
  ) {}

  async place(userId: string, lines: readonly OrderLine[]): Promise<Order> {
    const order: Order = { id: randomUUID(), userId, lines };
    await this.db.upsert('orders', order);
    const user = await this.users.findById(userId);
    if (user) {
      const { name, email } = user;
      await sendConfirmations([
        { orderId: order.id, name, email, totalCents: totalCents(order) },
      ]);
    }
    return order;
  }

  async find(id: string): Promise<Order | undefined> {
    return this.db.find<Order>('orders', id);
  }
}
