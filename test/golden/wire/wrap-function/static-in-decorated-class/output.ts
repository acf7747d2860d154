import { Controller } from './decorators.js';
import { payment } from './patterns/payment.js';

@Controller('payments')
export class Payments {
  static async health(): Promise<string> {
    return payment.run(() => Payments.healthDirectly());
  }

  private static async healthDirectly(): Promise<string> {
    return 'ok';
  }
}
