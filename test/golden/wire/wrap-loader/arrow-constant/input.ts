"use strict";

import { db } from "./db.js";
import type { User } from "./user.js";

export const loadUser = async (id: string): Promise<User | null> => {
	return db.users.findOne({ id });
};

export const saveUser = async (user: User) => {
	await db.users.replaceOne({ id: user.id }, user);
};

export const removeUser = (id: string): Promise<unknown> => db.users.deleteOne({ id });
