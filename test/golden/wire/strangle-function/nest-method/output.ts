import { Injectable } from '@nestjs/common';
import { Db } from './db';
import { Invoice } from './invoice';
import { invoicesFeature } from './patterns/invoices-feature';

@Injectable()
export class InvoiceService {
  constructor(private readonly db: Db) {}

  async load(tenantId: string, id: string): Promise<Invoice> {
    return invoicesFeature(() => this.#loadOld(tenantId, id), tenantId, id);
  }

  async #loadOld(tenantId: string, id: string): Promise<Invoice> {
    const found = await this.db.find(`${tenantId}/${id}`);
    if (!found) throw new Error('none');
    return found;
  }
}
