import type { User } from './user.js';
import { db } from './db.js';
import { createUserCache } from './patterns/user-cache.js';

const userCache = createUserCache(loadUser);

export default async function (id: User['id']): Promise<User> {
  return (await userCache.get(id)) as User;
}

async function loadUser(id: User['id']): Promise<User> {
  return await db.users.get(id);
}
