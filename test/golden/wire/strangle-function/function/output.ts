import { db } from './db.js';
import type { Draft, Invoice } from './invoice.js';
import { invoicesFeature } from './patterns/invoices-feature.js';

export interface Options {
  readonly note?: string;
}

/** Writes one. */
export async function createInvoice(
  draft: Draft,
  userId: number,
  options: Options = {},
): Promise<Invoice> {
  return invoicesFeature(
    () => createInvoiceOld(draft, userId, options),
    draft,
    userId,
    options,
  );
}

async function createInvoiceOld(
  { cents }: Draft,
  userId: number,
  options: Options,
): Promise<Invoice> {
  return db.insert({ cents, userId, ...options });
}
