import { db } from './db.js';
import type { Invoice } from './invoice.js';
import { invoicesFeature } from './patterns/invoices-feature.js';

async function findInvoiceOld(id: string): Promise<Invoice | undefined> {
  return db.find(id);
}

export const invoices = {
  async findInvoice(id: string): Promise<Invoice | undefined> {
    return invoicesFeature(() => findInvoiceOld(id), id);
  },
};
