import { db } from './db.js';
import type { Draft, Invoice } from './invoice.js';

interface Options {
  readonly note?: string;
}

/** Writes one. */
export async function createInvoice(
  { cents }: Draft,
  userId: number,
  options: Options = {},
): Promise<Invoice> {
  return db.insert({ cents, userId, ...options });
}
