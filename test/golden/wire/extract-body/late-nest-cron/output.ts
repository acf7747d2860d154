import { Injectable } from '@nestjs/common';
import { Cron } from '@nestjs/schedule';
import { Orders } from './orders';
import { handleOrderEmailJobs, orderEmailQueue } from './patterns/order-email';

@Injectable()
export class Cleaner {
  constructor(private readonly orders: Orders) {}

  onModuleInit(): void {
    handleOrderEmailJobs(() => this.cleanNow());
  }

  @Cron('0 3 * * *')
  async clean() {
    await orderEmailQueue.send({ type: 'order-email', body: {} });
  }

  private async cleanNow(): Promise<void> {
    await this.orders.deleteOld();
  }
}
