import type { User } from './user.js';
import { db } from './db.js';

export default async function (id: User['id']): Promise<User> {
  return await db.users.get(id);
}
