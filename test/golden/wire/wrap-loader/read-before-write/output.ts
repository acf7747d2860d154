import { createUserCache } from './patterns/user-cache.js';
import { store } from './store.js';
import type { User } from './user.js';

export class Users {
  readonly #cache = createUserCache((id) => this.#load(id));

  async get(id: string): Promise<User | undefined> {
    return this.#cache.get(id);
  }

  async #load(id: string): Promise<User | undefined> {
    return store.read(id);
  }

  async rename(id: string, name: string): Promise<User | undefined> {
    const user = await this.#load(id);
    if (!user) return undefined;
    await store.write({ ...user, name });
    await this.#cache.invalidate(id);
    return this.get(id);
  }
}
