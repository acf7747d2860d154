import { Controller } from './decorators.js';

@Controller('payments')
export class Payments {
  static async health(): Promise<string> {
    return 'ok';
  }
}
