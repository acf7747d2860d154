import { createUserCache } from './patterns/user-cache.js';

export interface User {
  id: string;
}

const userCache = createUserCache(loadUser);

export async function findUser(id: string): Promise<User | undefined> {
  return userCache.get(id);
}

async function loadUser(id: string): Promise<User | undefined> {
  return await load(id);
}
