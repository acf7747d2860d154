import { db } from './db.js';

export interface User {
  id: string;
  name: string;
}

/** Reads one user. */
export async function findUser(id: string): Promise<User | undefined> {
  const [user] = await db<User[]>`select * from users where id = ${id}`;
  return user;
}

export async function saveUser(user: User): Promise<void> {
  await db`insert into users ${db(user)} on conflict (id) do update set name = ${user.name}`;
}

export async function deleteUsers(ids: readonly string[]): Promise<number> {
  const result = await db`delete from users where id in ${db(ids)}`;
  return result.count;
}

export async function deleteSession(id: string): Promise<void> {
  await db`delete from sessions where id = ${id}`;
}
