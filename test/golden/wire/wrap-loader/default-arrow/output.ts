import db from './db.js';
import type User from './user.js';
import type * as schema from './schema.js';
import type { Key as UserKey } from './keys.js';
import { createUserCache } from './patterns/user-cache.js';

const userCache = createUserCache((key) => loadUser(key));

export default async (key: UserKey): Promise<User & schema.Stored> => {
  return (await userCache.get(key)) as User & schema.Stored;
};

const loadUser = async (key: UserKey): Promise<User & schema.Stored> => {
  return await db.get(key);
};
