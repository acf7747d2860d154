import { Inject, Injectable } from '@nestjs/common';
import { Cron } from '@nestjs/schedule';
import type { Mailer } from './mailer.js';
import type { Order } from './order.js';
import {
  handleOrderEmailJobs,
  orderEmailQueue,
} from './patterns/order-email.js';
import type { OrderEmailJob } from './patterns/order-email.js';

@Injectable()
export class Reminders {
  @Inject('MAILER')
  private readonly mailer!: Mailer;
  private ready = false;

  async onModuleInit() {
    await Promise.resolve();
    this.ready = true;
    handleOrderEmailJobs((order) => this.doOrderEmail(order));
  }

  @Cron('0 8 * * *')
  async remind(): Promise<void> {
    for (const order of await this.overdue()) {
      await orderEmailQueue.send({ type: 'order-email', body: order });
    }
  }

  private async doOrderEmail(order: OrderEmailJob): Promise<void> {
    await this.mailer.send(order);
  }

  private async overdue(): Promise<Order[]> {
    return [];
  }
}
