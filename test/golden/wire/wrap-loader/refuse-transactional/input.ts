export class Users {
  @Transactional()
  async find(id: string): Promise<string> {
    return await this.db.one(id);
  }
}
