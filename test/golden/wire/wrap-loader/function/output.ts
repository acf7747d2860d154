import { db } from './db.js';
import { createUserCache } from './patterns/user-cache.js';

export interface User {
  id: string;
  name: string;
}

const userCache = createUserCache(loadUser);

/** Reads one user. */
export async function findUser(id: string): Promise<User | undefined> {
  return userCache.get(id);
}

async function loadUser(id: string): Promise<User | undefined> {
  const [user] = await db<User[]>`select * from users where id = ${id}`;
  return user;
}

export async function saveUser(user: User): Promise<void> {
  await db`insert into users ${db(user)} on conflict (id) do update set name = ${user.name}`;
  await userCache.invalidate(user.id);
}

export async function deleteUsers(ids: readonly string[]): Promise<number> {
  const result = await db`delete from users where id in ${db(ids)}`;
  await userCache.invalidateMany(ids);
  return result.count;
}

export async function deleteSession(id: string): Promise<void> {
  await db`delete from sessions where id = ${id}`;
}
