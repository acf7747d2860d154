import { db } from './db.js';
import type { User } from './user.js';

async function findById(id: string): Promise<User | undefined> {
  return db.find(id);
}

async function saveUser(user: User): Promise<void> {
  await db.put(user);
}

export const users = { findById, save: saveUser };
