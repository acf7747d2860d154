import { Post, Body, Controller } from './decorators.js';
import { payment } from './patterns/payment.js';

@Controller('payments')
export class PaymentController {
  private count = 0;

  @Post(':id')
  async charge(id: string, amount: number): Promise<string> {
    return payment.run(() => this.chargeDirectly(id, amount));
  }

  private async chargeDirectly(id: string, amount: number): Promise<string> {
    this.count += amount;
    return id;
  }

  @Post()
  public static async health(): Promise<string> {
    return 'ok';
  }
}

export { Body };
