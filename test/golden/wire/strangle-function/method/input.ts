import type { Db } from './db.js';
import type { Invoice } from './invoice.js';

export class Invoices {
  readonly #db: Db;

  constructor(db: Db) {
    this.#db = db;
  }

  /** One invoice. */
  async findInvoice(id: string): Promise<Invoice | undefined> {
    return this.#db.find(id);
  }
}
