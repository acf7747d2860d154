'use strict'

const pg = require('pg')
const { createUserCache } = require('./patterns/user-cache')
const { table } = require('./table')

const pool = new pg.Pool()

const userCache = createUserCache(loadUser)

async function findUser(userId) {
  return userCache.get(userId)
}

async function loadUser(userId) {
  const { rows } = await pool.query(`select * from ${table} where id = $1`, [userId])
  return rows[0] ?? null
}

const saveUser = async (user) => {
  await pool.query(`update ${table} set name = $2 where id = $1`, [user.id, user.name])
  await userCache.invalidate(user.id)
}

module.exports = { findUser, saveUser }
