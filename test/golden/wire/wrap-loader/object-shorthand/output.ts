import { db } from './db.js';
import { createUserCache } from './patterns/user-cache.js';
import type { User } from './user.js';

const userCache = createUserCache(loadById);

async function findById(id: string): Promise<User | undefined> {
  return userCache.get(id);
}

async function loadById(id: string): Promise<User | undefined> {
  return db.find(id);
}

async function saveUser(user: User): Promise<void> {
  await db.put(user);
  await userCache.invalidate(user.id);
}

export const users = { findById, save: saveUser };
