import { Inject, Injectable } from '@nestjs/common';
import { Cron } from '@nestjs/schedule';
import type { Mailer } from './mailer.js';
import type { Order } from './order.js';

@Injectable()
export class Reminders {
  @Inject('MAILER')
  private readonly mailer!: Mailer;
  private ready = false;

  async onModuleInit() {
    await Promise.resolve();
    this.ready = true;
  }

  @Cron('0 8 * * *')
  async remind(): Promise<void> {
    for (const order of await this.overdue()) {
      await this.mailer.send(order);
    }
  }

  private async overdue(): Promise<Order[]> {
    return [];
  }
}
