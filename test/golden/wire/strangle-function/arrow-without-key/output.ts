import { db } from './db.js';
import { invoicesFeature } from './patterns/invoices-feature.js';

export const countInvoices = async (): Promise<number> => {
  return invoicesFeature(() => countInvoicesOld());
};

const countInvoicesOld = async (): Promise<number> => {
  return (await db.find('all')) === undefined ? 0 : 1;
};
