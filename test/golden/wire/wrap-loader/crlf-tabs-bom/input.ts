import { Database } from "./database.js";
import type { User } from "./user.js";

export class UserRepository {
	readonly db: Database;

	constructor(db: Database) {
		this.db = db;
	}

	async findById(id: string): Promise<User | undefined> {
		return this.db.one("users", id);
	}

	async save(user: User): Promise<void> {
		await this.db.put("users", user.id, user);
	}
}
