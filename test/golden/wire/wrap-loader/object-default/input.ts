import { db } from './db.js';
import type { User } from './user.js';

export default {
  async findById(id: string): Promise<User | undefined> {
    return db.find(id);
  },
  async save(user: User): Promise<void> {
    await db.put(user);
  },
};
