import { Body, Controller, Param, Post } from '@nestjs/common';
import type { Charge } from './charge.js';
import { payment } from './patterns/payment.js';

@Controller('payments')
export class PaymentController {
  private readonly seen = new Set<string>();

  @Post(':id')
  async charge(
    @Param('id') id: string,
    @Body() input: Charge,
  ): Promise<string> {
    return payment.run(() => this.chargeDirectly(id, input));
  }

  private async chargeDirectly(
    id: string,
    { amount, currency = 'EUR' }: Charge,
  ): Promise<string> {
    this.seen.add(id);
    return `${id}: ${amount} ${currency}`;
  }
}
