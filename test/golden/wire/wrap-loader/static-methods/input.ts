import { db } from './db.js';

export abstract class Users {
  static readonly table = 'users';

  static async find(id: number): Promise<Users | undefined> {
    return db.one(Users.table, id);
  }

  static async save(user: Users): Promise<void> {
    await db.put(Users.table, user);
  }

  async remove(): Promise<void> {
    await db.drop(this);
  }

  readonly id!: number;
}
