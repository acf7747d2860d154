import { createUserCache } from './other/user-cache.js';
import { load } from './load.js';
import type { User } from './user.js';

const users = createUserCache((id: string) => load(id));

export const findUser = async (id: string): Promise<User | undefined> => users.get(id);
