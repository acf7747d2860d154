'use strict'

const pg = require('pg')
const { table } = require('./table')

const pool = new pg.Pool()

async function findUser(userId) {
  const { rows } = await pool.query(`select * from ${table} where id = $1`, [userId])
  return rows[0] ?? null
}

const saveUser = async (user) => {
  await pool.query(`update ${table} set name = $2 where id = $1`, [user.id, user.name])
}

module.exports = { findUser, saveUser }
