import type { PoolClient } from 'pg';
import { createUserCache } from './patterns/user-cache.js';
import { inTransaction, pool } from './pool.js';
import type { User } from './user.js';

export class UserRepository {
  readonly #byId = createUserCache((id) => this.#loadById(id));

  async findById(id: string): Promise<User | undefined> {
    return this.#byId.get(id);
  }

  async #loadById(id: string): Promise<User | undefined> {
    const { rows } = await pool.query('select', [id]);
    return rows[0];
  }

  /** The caller commits. */
  async save(user: User, client: PoolClient): Promise<void> {
    await client.query('insert', [user.id]);
  }

  /** Commits before it returns. */
  async rename(id: string, name: string): Promise<User> {
    const result = await inTransaction(async (client) => {
      const { rows } = await client.query('update', [id, name]);
      return rows[0];
    });
    await this.#byId.invalidate(id);
    return result;
  }

  async deleteInactive(): Promise<void> {
    await pool.query('delete from users where inactive');
  }
}
