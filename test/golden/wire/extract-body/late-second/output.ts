import { handleReceiptJobs, receiptQueue } from './patterns/receipt.js';
import type { Mailer } from './mailer.js';
import type { Order } from './order.js';
import {
  handleOrderEmailJobs,
  orderEmailQueue,
} from './patterns/order-email.js';

export class OrderService {
  private readonly mailer: Mailer;

  constructor(mailer: Mailer);
  constructor(mailer: Mailer, silent: boolean);
  constructor(mailer: Mailer, silent = false) {
    this.mailer = mailer;
    if (!silent) {
      handleReceiptJobs((order) => this.sendReceiptNow(order));
    }
    handleOrderEmailJobs((order) => this.sendOrderNow(order));
  }

  async sendReceipt(order: Order): Promise<void> {
    await receiptQueue.send({ type: 'receipt', body: order });
  }

  private async sendReceiptNow(order: Order): Promise<void> {
    await this.mailer.send(order);
  }

  async sendOrder(order: Order): Promise<void> {
    await orderEmailQueue.send({ type: 'order-email', body: order });
  }

  private async sendOrderNow(order: Order): Promise<void> {
    await this.mailer.send(order);
  }
}
