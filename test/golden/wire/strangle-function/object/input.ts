import { db } from './db.js';
import type { Invoice } from './invoice.js';

export const invoices = {
  async findInvoice(id: string): Promise<Invoice | undefined> {
    return db.find(id);
  },
};
