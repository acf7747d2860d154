const { db } = require('./db.js');
const { createUserCache } = require('./patterns/user-cache.js');

class Users {
  #user = createUserCache((id) => this.#loadUser(id));

  async findUser(id) {
    return this.#user.get(id);
  }

  async #loadUser(id) {
    return db.find(id);
  }
}

module.exports = { Users };
