import { store } from './store.js';
import type { User } from './user.js';

export class Users {
  async get(id: string): Promise<User | undefined> {
    return store.read(id);
  }

  async save(user: User): Promise<void> {
    await store.put(user);
  }

  async update(id: string, changes: Partial<User>): Promise<void> {
    const user = await this.get(id);
    if (user) await this.save({ ...user, ...changes });
  }

  async saveLater(): Promise<void> {
    await this.save(await store.next());
  }

  async replace(user: User): Promise<void> {
    await this.save(user);
    await store.put(user);
  }
}
