import { Body, Controller, Param, Post } from '@nestjs/common';
import type { Charge } from './charge.js';

@Controller('payments')
export class PaymentController {
  private readonly seen = new Set<string>();

  @Post(':id')
  async charge(
    @Param('id') id: string,
    @Body() { amount, currency = 'EUR' }: Charge,
  ): Promise<string> {
    this.seen.add(id);
    return `${id}: ${amount} ${currency}`;
  }
}
