import * as cache from './patterns/user-cache.js';
import { load } from './load.js';
import type { User } from './user.js';

const users = cache.createUserCache((id) => load(id));

export const findUser = async (id: string): Promise<User | undefined> => users.get(id);
