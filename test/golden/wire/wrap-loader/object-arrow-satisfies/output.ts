import { db } from './db.js';
import { createUserCache } from './patterns/user-cache.js';
import type { User } from './user.js';

interface Users {
  find(id: string): Promise<User | null>;
  save(user: User): Promise<void>;
}

const userCache = createUserCache(
  async (id) => (await loadUser(id)) ?? undefined,
);

const loadUser = async (id: string): Promise<User | null> =>
  (await db.find(id)) ?? null;

export const users = {
  find: async (id: string): Promise<User | null> =>
    (await userCache.get(id)) ?? null,

  save: async (user: User): Promise<void> => {
    await db.put(user);
    await userCache.invalidate(user.id);
  },
} as const satisfies Users;
