import type { EventEmitter } from 'node:events';
import type { Mailer } from './mailer.js';
import type { Order } from './order.js';
import {
  handleOrderEmailJobs,
  orderEmailQueue,
} from './patterns/order-email.js';

export class OrderService {
  constructor(
    bus: EventEmitter,
    private readonly mailer: Mailer,
  ) {
    bus.on('order.placed', (order: Order) =>
      orderEmailQueue.send({ type: 'order-email', body: order }),
    );
    handleOrderEmailJobs((order) => this.doOrderEmail(order));
  }

  private async doOrderEmail(order: Order): Promise<void> {
    await this.mailer.send(order);
  }
}
