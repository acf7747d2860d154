'use strict';

const db = require('./db');
const { createUserCache } = require('./patterns/user-cache');

const userCache = createUserCache((id) => loadValueById.call(module.exports, id));

async function loadValueById(id) {
  const [row] = await db.query('select * from users where id = $1', [id]);
  return row && this.toUser(row);
}

module.exports = {
  /** One user. */
  async findById(id) {
    return userCache.get(id);
  },
  toUser: (row) => ({ id: row.id, name: row.name }),
  async save(user) {
    await db.query('update users set name = $2 where id = $1', [user.id, user.name]);
  },
};
