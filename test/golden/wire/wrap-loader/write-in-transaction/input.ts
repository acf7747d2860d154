import type { PoolClient } from 'pg';
import { inTransaction, pool } from './pool.js';
import type { User } from './user.js';

export class UserRepository {
  async findById(id: string): Promise<User | undefined> {
    const { rows } = await pool.query('select', [id]);
    return rows[0];
  }

  /** The caller commits. */
  async save(user: User, client: PoolClient): Promise<void> {
    await client.query('insert', [user.id]);
  }

  /** Commits before it returns. */
  async rename(id: string, name: string): Promise<User> {
    return inTransaction(async (client) => {
      const { rows } = await client.query('update', [id, name]);
      return rows[0];
    });
  }

  async deleteInactive(): Promise<void> {
    await pool.query('delete from users where inactive');
  }
}
