import { createUserCache, db } from './infra.js';
import { createUserCache as createUserCache2 } from './patterns/user-cache.js';
import type { User } from './user.js';

export class UserRepository {
  readonly #user = createUserCache(10);
  #loadUser = 0;
  readonly #userCache = createUserCache2((id) => this.#loadUserUncached(id));

  async getUser(id: string): Promise<User | undefined> {
    return this.#userCache.get(id);
  }

  async #loadUserUncached(id: string): Promise<User | undefined> {
    this.#loadUser++;
    return this.#user.peek(id) ?? (await db.users.find(id));
  }
}
