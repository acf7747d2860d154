import type { Db } from './db.js';
import type { Invoice } from './invoice.js';
import { invoicesFeature } from './patterns/invoices-feature.js';

export class Invoices {
  readonly #db: Db;

  constructor(db: Db) {
    this.#db = db;
  }

  /** One invoice. */
  async findInvoice(id: string): Promise<Invoice | undefined> {
    return invoicesFeature(() => this.#findInvoiceOld(id), id);
  }

  async #findInvoiceOld(id: string): Promise<Invoice | undefined> {
    return this.#db.find(id);
  }
}
