import { db } from './db.js';
import type { User } from './user.js';

export const userRepository = {
  isOpen: false,

  async open(): Promise<void> {
    if (!this.isOpen) await db.connect();
    this.isOpen = true;
  },

  async findById(id: string, signal?: AbortSignal): Promise<User> {
    await this.open();
    const user = await db.find(id);
    signal?.throwIfAborted();
    if (!user) throw new Error(`no user ${id}`);
    return user;
  },

  async rename(id: string, name: string): Promise<void> {
    const user = await this.findById(id);
    await db.put({ ...user, name });
  },
};
