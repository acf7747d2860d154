import { Database } from "./database.js";
import { createUserCache } from "./patterns/user-cache.js";
import type { User } from "./user.js";

export class UserRepository {
	readonly db: Database;
	readonly #byId = createUserCache((id) => this.#loadById(id));

	constructor(db: Database) {
		this.db = db;
	}

	async findById(id: string): Promise<User | undefined> {
		return this.#byId.get(id);
	}

	async #loadById(id: string): Promise<User | undefined> {
		return this.db.one("users", id);
	}

	async save(user: User): Promise<void> {
		await this.db.put("users", user.id, user);
		await this.#byId.invalidate(user.id);
	}
}
