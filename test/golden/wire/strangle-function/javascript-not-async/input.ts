const db = require('./db');

function findInvoice(id) {
  return db.find(id);
}

module.exports = { findInvoice };
