import { db } from './db.js';
import { createUserCache } from './patterns/user-cache.js';
import type { User } from './user.js';

const userCache = createUserCache((id, signal) =>
  loadUserById.call(userRepository, id, signal),
);

async function loadUserById(
  this: typeof userRepository,
  id: string,
  signal?: AbortSignal,
): Promise<User> {
  await this.open();
  const user = await db.find(id);
  signal?.throwIfAborted();
  if (!user) throw new Error(`no user ${id}`);
  return user;
}

export const userRepository = {
  isOpen: false,

  async open(): Promise<void> {
    if (!this.isOpen) await db.connect();
    this.isOpen = true;
  },

  async findById(id: string, signal?: AbortSignal): Promise<User> {
    return (await userCache.get(id, signal && { signal })) as User;
  },

  async rename(id: string, name: string): Promise<void> {
    const user = await loadUserById.call(userRepository, id);
    await db.put({ ...user, name });
    await userCache.invalidate(id);
  },
};
