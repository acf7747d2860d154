const db = require('./db');

exports.createInvoice = async (userId, draft) => {
  const { id } = await db.insert({ userId, ...draft });
  return id;
};
