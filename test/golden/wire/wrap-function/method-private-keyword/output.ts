import { payment } from './patterns/payment.js';

export class Payments {
  private sent = 0;

  async charge(amount: number): Promise<number> {
    return payment.run(() => this.chargeDirectly(amount));
  }

  private async chargeDirectly(amount: number): Promise<number> {
    return (this.sent += amount);
  }
}
