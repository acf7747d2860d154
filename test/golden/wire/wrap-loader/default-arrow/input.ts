import db from './db.js';
import type User from './user.js';
import type * as schema from './schema.js';
import type { Key as UserKey } from './keys.js';

export default async (key: UserKey): Promise<User & schema.Stored> => {
  return await db.get(key);
};
