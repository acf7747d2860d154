import { createUserCache } from './patterns/user-cache.js';
import type { User } from './user.js';

export class UserRepository {
  readonly #byId = createUserCache((id) => this.#loadById(id));

  constructor(private readonly db: Database) {}

  async findById(id: string): Promise<User | undefined> {
    return this.#byId.get(id);
  }

  async #loadById(id: string): Promise<User | undefined> {
    const { rows } = await this.db.query('select * from users where id = $1', [id]);
    return rows[0];
  }

  async save(user: User): Promise<void> {
    await this.db.query('insert …', [user.id, user.name]);
    await this.#byId.invalidate(user.id);
  }
}
