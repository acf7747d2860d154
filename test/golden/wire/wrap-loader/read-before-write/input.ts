import { store } from './store.js';
import type { User } from './user.js';

export class Users {
  async get(id: string): Promise<User | undefined> {
    return store.read(id);
  }

  async rename(id: string, name: string): Promise<User | undefined> {
    const user = await this.get(id);
    if (!user) return undefined;
    await store.write({ ...user, name });
    return this.get(id);
  }
}
