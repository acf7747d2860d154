import { db } from './db.js';
import { createUserCache } from './patterns/user-cache.js';
import type { User } from './user.js';

export class UserRepository {
  readonly #seen = new Map<string, User>();
  readonly #byId = createUserCache((id) => this.#loadById(id));

  async findById(id: string): Promise<User | undefined> {
    return this.#byId.get(id);
  }

  async #loadById(id: string): Promise<User | undefined> {
    return db.find(id);
  }

  save(user: User, done: (error?: Error) => void): void {
    db.save(user, done);
  }

  store(user: User): void {
    db.save(user, (error) => {
      if (error) console.error(error);
    });
  }

  async rename(id: string, name: string): Promise<void> {
    void db.put({ id, name });
  }

  touch(id: string): void {
    db.put({ id, name: 'touched' }).catch(console.error);
  }

  async deleteAll(ids: readonly string[]): Promise<void> {
    ids.forEach(async (id) => {
      await db.drop(id);
    });
  }

  async replace(user: User): Promise<void> {
    await db.put(user);
    await this.#byId.invalidate(user.id);
    void db.query('delete from names where id = $1', [user.id]);
  }

  async saved(user: User): Promise<void> {
    await new Promise<void>((resolve, reject) => {
      db.save(user, (error) => (error ? reject(error) : resolve()));
    });
    await this.#byId.invalidate(user.id);
  }

  forget(id: string): void {
    this.#seen.delete(id);
  }
}
