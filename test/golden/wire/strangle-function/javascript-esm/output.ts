import { db } from './db.js';
import { invoicesFeature } from './patterns/invoices-feature.js';

export class Invoices {
  #asked = 0;

  /** @param {string} invoiceId */
  async findInvoice(input, invoiceId, limit = 10) {
    return invoicesFeature(
      () => this.#findInvoiceOld(input, invoiceId, limit),
      input,
      invoiceId,
      limit,
    );
  }

  async #findInvoiceOld({ fields = ['id'], ...rest }, invoiceId, limit) {
    this.#asked++;
    return db.query('select $1 from invoices where id = $2', [fields, invoiceId, limit, rest]);
  }
}
