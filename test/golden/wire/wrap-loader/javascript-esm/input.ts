import { db } from './db.js';

/** The users' table. */
export class UserRepository {
  #queries = 0;

  /**
   * @param {string} id
   * @returns {Promise<User | undefined>}
   */
  async findById(id) {
    this.#queries++;
    const rows = await db.query('select * from users where id = $1', [id]);
    return rows[0];
  }

  async rename(id, name) {
    await db.query('update users set name = $2 where id = $1', [id, name]);
  }
}
