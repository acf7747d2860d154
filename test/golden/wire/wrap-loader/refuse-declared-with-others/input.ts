import { db, type User } from './db.js';

export const loadUser = async (id: string): Promise<User | undefined> => {
    return db.find(id);
  },
  limit = 3;
