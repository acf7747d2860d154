import { db } from './db.js';
import type { User } from './user.js';

/** All that is known of users. */
export const users = {
  /** One user. */
  async findById(id: string): Promise<User | undefined> {
    // The text keeps its indent.
    console.debug(`
      looking for
      ${id}`);
    return db.find(id);
  },

  /** Overwrites. */
  async save(user: User): Promise<void> {
    await db.put(user);
  },

  async rename(id: string, name: string): Promise<void> {
    const user = await users.findById(id);
    if (user) await db.put({ ...user, name });
  },

  remove: async (id: string) => {
    await db.drop(id);
  },
};
