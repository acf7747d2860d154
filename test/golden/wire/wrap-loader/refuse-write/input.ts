import { db } from './db.js';

export async function removeUser(id: string): Promise<boolean> {
  return db.drop(id);
}

export async function userOf(id: string): Promise<string> {
  return db.find(id);
}
