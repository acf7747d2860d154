"use strict";

import { db } from "./db.js";
import { createUserCache } from "./patterns/user-cache.js";
import type { User } from "./user.js";

const userCache = createUserCache(
	async (id) => (await loadUserUncached(id)) ?? undefined,
);

export const loadUser = async (id: string): Promise<User | null> => {
	return (await userCache.get(id)) ?? null;
};

const loadUserUncached = async (id: string): Promise<User | null> => {
	return db.users.findOne({ id });
};

export const saveUser = async (user: User) => {
	await db.users.replaceOne({ id: user.id }, user);
	await userCache.invalidate(user.id);
};

export const removeUser = (id: string): Promise<unknown> => db.users.deleteOne({ id });
