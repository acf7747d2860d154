import type { PoolClient } from 'pg';
import type { User } from './user.js';

export class UserRepository {
  async findById(id: string, client: PoolClient): Promise<User | undefined> {
    const { rows } = await client.query('select', [id]);
    return rows[0];
  }
}
