import type { EventEmitter } from 'node:events';
import type { Mailer } from './mailer.js';
import type { Order } from './order.js';

export class OrderService {
  constructor(
    bus: EventEmitter,
    private readonly mailer: Mailer,
  ) {
    bus.on('order.placed', (order: Order) => this.mailer.send(order));
  }
}
