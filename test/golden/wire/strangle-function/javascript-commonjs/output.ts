const db = require('./db');
const { invoicesFeature } = require('./patterns/invoices-feature');

exports.createInvoice = async (userId, draft) => {
  return invoicesFeature(() => createInvoiceOld(userId, draft), userId, draft);
};

const createInvoiceOld = async (userId, draft) => {
  const { id } = await db.insert({ userId, ...draft });
  return id;
};
