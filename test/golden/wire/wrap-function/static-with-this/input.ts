export class Model {
  static table = '';

  static async find(id: string): Promise<string> {
    return this.table + id;
  }
}

export class User extends Model {
  static override table = 'users';
}
