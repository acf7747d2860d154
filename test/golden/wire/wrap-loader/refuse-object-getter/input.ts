import { db } from './db.js';

export const users = {
  get first(): Promise<string> {
    return db.first();
  },
  find: async (id: string): Promise<string> => db.find(id),
};
