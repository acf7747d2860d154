import { Injectable } from '@nestjs/common';
import { OnEvent } from '@nestjs/event-emitter';
import { Mailer } from './mailer.js';
import { Order } from './order.js';

@Injectable()
export class OrderListener {
  constructor(private readonly mailer: Mailer) {}

  @OnEvent('order.placed')
  async handleOrderPlaced(order: Order) {
    await this.mailer.send(order);
  }
}
