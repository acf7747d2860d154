'use strict';

const db = require('./db');

module.exports = {
  /** One user. */
  async findById(id) {
    const [row] = await db.query('select * from users where id = $1', [id]);
    return row && this.toUser(row);
  },
  toUser: (row) => ({ id: row.id, name: row.name }),
  async save(user) {
    await db.query('update users set name = $2 where id = $1', [user.id, user.name]);
  },
};
