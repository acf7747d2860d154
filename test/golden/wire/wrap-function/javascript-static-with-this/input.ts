export class Model {
  static table = '';

  static async find(id) {
    return this.table + id;
  }
}
