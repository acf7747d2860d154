import { db } from './db.js';
import type { User } from './user.js';

interface Users {
  find(id: string): Promise<User | null>;
  save(user: User): Promise<void>;
}

export const users = {
  find: async (id: string): Promise<User | null> =>
    (await db.find(id)) ?? null,

  save: async (user: User): Promise<void> => {
    await db.put(user);
  },
} as const satisfies Users;
