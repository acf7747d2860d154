export class Repository<T> {
  async load(id: string): Promise<T | undefined> {
    return await this.db.one(id);
  }
}
