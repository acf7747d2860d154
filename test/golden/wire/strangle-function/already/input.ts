import { invoicesFeature } from './patterns/invoices-feature.js';

export async function loadName(id: string): Promise<string> {
  return invoicesFeature(() => loadNameOld(id), id);
}

async function loadNameOld(id: string): Promise<string> {
  return id;
}
