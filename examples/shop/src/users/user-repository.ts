import type { Database } from '../database.js';
import type { User } from './user.js';

export class UserRepository {
  constructor(private readonly db: Database) {}

  async findById(id: string): Promise<User | undefined> {
    return this.db.find<User>('users', id);
  }

  async save(user: User): Promise<void> {
    await this.db.upsert('users', user);
  }

  async delete(id: string): Promise<void> {
    await this.db.delete('users', id);
  }
}
