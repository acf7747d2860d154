import { db } from './db.js';

export const countInvoices = async (): Promise<number> => {
  return (await db.find('all')) === undefined ? 0 : 1;
};
