import { db } from './db.js';
import type { Users } from './users-type.js';

export const users: Users = {
  async findById(id): Promise<string> {
    return db.find(id);
  },
};
