import { payment } from './patterns/payment.js';

export class Model {
  static table = '';

  static async find(id: string): Promise<string> {
    return payment.run(() => this.findDirectly(id));
  }

  private static async findDirectly(id: string): Promise<string> {
    return this.table + id;
  }
}

export class User extends Model {
  static override table = 'users';
}
