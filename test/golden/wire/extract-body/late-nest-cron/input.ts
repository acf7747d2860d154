import { Injectable } from '@nestjs/common';
import { Cron } from '@nestjs/schedule';
import { Orders } from './orders';

@Injectable()
export class Cleaner {
  constructor(private readonly orders: Orders) {}

  @Cron('0 3 * * *')
  async clean() {
    await this.orders.deleteOld();
  }
}
