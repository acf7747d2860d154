import { db } from './db.js';
import type { User } from './user.js';

export class UserRepository {
  async findById(id: string): Promise<User | undefined> {
    return db.find(id);
  }

  /** Where the second fails, the first is done. */
  async rename(id: string, name: string): Promise<void> {
    await db.put({ id, name });
    await db.query('insert into names values ($1, $2)', [id, name]);
    await db.audit(id);
  }

  async replace(user: User): Promise<User> {
    await db.drop(user.id);
    if (user.name !== '') await db.query('delete from names');
    return db.put(user);
  }

  async create(name: string): Promise<User> {
    const user = await db.put({ id: crypto.randomUUID(), name });
    await db.query('insert into names values ($1, $2)', [user.id, name]);
    return user;
  }

  async saveAll(users: readonly User[]): Promise<number> {
    for (const user of users) {
      await db.put(user);
    }
    return users.length;
  }

  async deleteAll(ids: readonly string[]): Promise<void> {
    for (const id of ids) await db.drop(id);
  }

  /** Nothing is written where it is rolled back. */
  async archive(id: string): Promise<void> {
    await db.query('begin');
    try {
      await db.query('insert into archive values ($1)', [id]);
      await db.drop(id);
      await db.query('commit');
    } catch (error) {
      await db.query('rollback');
      throw error;
    }
  }
}
