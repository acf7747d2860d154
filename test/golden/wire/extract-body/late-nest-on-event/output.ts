import { Injectable } from '@nestjs/common';
import { OnEvent } from '@nestjs/event-emitter';
import { Mailer } from './mailer.js';
import { Order } from './order.js';
import {
  handleOrderEmailJobs,
  orderEmailQueue,
} from './patterns/order-email.js';

@Injectable()
export class OrderListener {
  constructor(private readonly mailer: Mailer) {}

  onModuleInit(): void {
    handleOrderEmailJobs((order) => this.handleOrderPlacedNow(order));
  }

  @OnEvent('order.placed')
  async handleOrderPlaced(order: Order) {
    await orderEmailQueue.send({ type: 'order-email', body: order });
  }

  private async handleOrderPlacedNow(order: Order): Promise<void> {
    await this.mailer.send(order);
  }
}
