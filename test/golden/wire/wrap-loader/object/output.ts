import { db } from './db.js';
import { createUserCache } from './patterns/user-cache.js';
import type { User } from './user.js';

const userCache = createUserCache(loadUserById);

async function loadUserById(id: string): Promise<User | undefined> {
  // The text keeps its indent.
  console.debug(`
      looking for
      ${id}`);
  return db.find(id);
}

/** All that is known of users. */
export const users = {
  /** One user. */
  async findById(id: string): Promise<User | undefined> {
    return userCache.get(id);
  },

  /** Overwrites. */
  async save(user: User): Promise<void> {
    await db.put(user);
    await userCache.invalidate(user.id);
  },

  async rename(id: string, name: string): Promise<void> {
    const user = await loadUserById(id);
    if (user) await db.put({ ...user, name });
    await userCache.invalidate(id);
  },

  remove: async (id: string) => {
    await db.drop(id);
    await userCache.invalidate(id);
  },
};
