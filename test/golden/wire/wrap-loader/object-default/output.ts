import { db } from './db.js';
import { createUserCache } from './patterns/user-cache.js';
import type { User } from './user.js';

const userCache = createUserCache(loadUserById);

async function loadUserById(id: string): Promise<User | undefined> {
  return db.find(id);
}

export default {
  async findById(id: string): Promise<User | undefined> {
    return userCache.get(id);
  },
  async save(user: User): Promise<void> {
    await db.put(user);
    await userCache.invalidate(user.id);
  },
};
