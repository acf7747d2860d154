import { Injectable, Scope } from '@nestjs/common';
import { Mailer } from './mailer';
import { Order } from './order';

@Injectable({ scope: Scope.REQUEST })
export class OrderService {
  constructor(private readonly mailer: Mailer) {}

  async sendOrder(order: Order): Promise<void> {
    await this.mailer.send(order);
  }
}
