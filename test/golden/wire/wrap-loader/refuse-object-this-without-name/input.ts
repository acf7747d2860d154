import { db } from './db.js';

export default {
  table: 'users',
  async findById(id: string): Promise<string> {
    return db.find(this.table, id);
  },
};
