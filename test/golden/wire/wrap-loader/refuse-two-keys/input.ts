export class Users {
  async find(tenant: string, id: string): Promise<string> {
    return await db.one(tenant, id);
  }
}
