import { createUserCache, db } from './infra.js';
import type { User } from './user.js';

export class UserRepository {
  readonly #user = createUserCache(10);
  #loadUser = 0;

  async getUser(id: string): Promise<User | undefined> {
    this.#loadUser++;
    return this.#user.peek(id) ?? (await db.users.find(id));
  }
}
