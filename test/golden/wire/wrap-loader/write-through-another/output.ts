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

  async save(user: User): Promise<void> {
    await store.put(user);
    await this.#cache.invalidate(user.id);
  }

  async update(id: string, changes: Partial<User>): Promise<void> {
    const user = await this.#load(id);
    if (user) await this.save({ ...user, ...changes });
  }

  async saveLater(): Promise<void> {
    await this.save(await store.next());
  }

  async replace(user: User): Promise<void> {
    await this.save(user);
    await store.put(user);
    await this.#cache.invalidate(user.id);
  }
}
