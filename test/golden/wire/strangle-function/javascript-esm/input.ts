import { db } from './db.js';

export class Invoices {
  #asked = 0;

  /** @param {string} invoiceId */
  async findInvoice({ fields = ['id'], ...rest }, invoiceId, limit = 10) {
    this.#asked++;
    return db.query('select $1 from invoices where id = $2', [fields, invoiceId, limit, rest]);
  }
}
