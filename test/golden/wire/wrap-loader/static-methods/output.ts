import { db } from './db.js';
import { createUserCache } from './patterns/user-cache.js';

export abstract class Users {
  static readonly table = 'users';
  static readonly #cache = createUserCache((id) => Users.#load(id));

  static async find(id: number): Promise<Users | undefined> {
    return Users.#cache.get(id);
  }

  static async #load(id: number): Promise<Users | undefined> {
    return db.one(Users.table, id);
  }

  static async save(user: Users): Promise<void> {
    await db.put(Users.table, user);
    await Users.#cache.invalidate(user.id);
  }

  async remove(): Promise<void> {
    await db.drop(this);
  }

  readonly id!: number;
}
